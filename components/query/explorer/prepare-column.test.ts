import { describe, expect, it } from "vitest";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import {
  columnFacts,
  distinctWords,
  filterOfValue,
  filtersOfBar,
  nullWords,
  shortNumber,
} from "./prepare-column";

const profile = (change: Partial<ColumnProfile>): ColumnProfile => ({
  column: 3,
  kind: "integer",
  rows: 1000,
  nulls: 0,
  distinct: { count: 10, isExact: true },
  smallest: "0",
  largest: "9",
  mean: 4.5,
  quantiles: null,
  notANumber: 0,
  infinite: 0,
  empty: 0,
  histogram: [],
  top: null,
  ...change,
});
const bar = (from: number, to: number) => ({ from, to, rows: 1 });

describe("the words of a column", () => {
  it("writes numbers short", () => {
    expect([657, 14_000, 1300, 84_123, -36, 0.25, 0, 1e18, 2e-5].map(shortNumber)).toEqual([
      "657",
      "14k",
      "1.3k",
      "84.1k",
      "−36",
      "0.25",
      "0",
      "1.0e+18",
      "2.0e−5",
    ]);
  });

  it("tells few nulls from none", () => {
    expect(nullWords(profile({}))).toEqual({ text: "no nulls", isSome: false });
    expect(nullWords(profile({ nulls: 6 }))).toEqual({ text: "0.6 % null", isSome: true });
    expect(nullWords(profile({ rows: 1e7, nulls: 1 })).text).toBe("< 0.1 % null");
    expect(nullWords(profile({ rows: 1e7, nulls: 1e7 - 1 })).text).toBe("> 99.9 % null");
    expect(nullWords(profile({ nulls: 1000 })).text).toBe("100.0 % null");
    expect(nullWords(profile({ rows: 0 })).text).toBe("no rows");
  });

  it("says where a number of values is estimated", () => {
    expect(distinctWords(profile({}))).toBe("10 distinct");
    expect(distinctWords(profile({ distinct: { count: 1000, isExact: true } }))).toBe("all distinct");
    expect(distinctWords(profile({ distinct: { count: 1249, isExact: false } }))).toBe("≈ 1.25k distinct");
    expect(distinctWords(profile({ distinct: null }))).toBe("nested: only counted");
  });

  it("lists facts from the greatest to the least", () => {
    const quantiles = { values: [1, 2, 5, 7, 8], isExact: false };
    const facts = columnFacts(profile({ kind: "float", quantiles, notANumber: 2, nulls: 5 }));
    expect(facts.map(({ label }) => label)).toEqual([
      "max",
      "p95",
      "p75",
      "p50",
      "p25",
      "p5",
      "min",
      "mean",
      "rows",
      "null",
      "NaN",
      "distinct",
    ]);
    expect(facts.find(({ label }) => label === "p50")).toEqual({
      label: "p50",
      text: "5",
      note: "estimated",
    });
  });
});

describe("filtersOfBar", () => {
  it("keeps every digit at the ends, and takes the greatest value in", () => {
    const wide = profile({
      smallest: "-9223372036854775808",
      largest: "9007199254740993",
      histogram: [bar(-9e18, 0.5), bar(0.5, 9e15)],
    });
    expect(filtersOfBar(wide, 0)).toEqual([
      { column: 3, operator: ">=", value: "-9223372036854775808" },
      { column: 3, operator: "<", value: "1" },
    ]);
    expect(filtersOfBar(wide, 1)).toEqual([
      { column: 3, operator: ">=", value: "1" },
      { column: 3, operator: "<=", value: "9007199254740993" },
    ]);
  });

  it("writes days and times as they are compared", () => {
    const day = 86_400_000_000;
    const days = { smallest: null, largest: null, histogram: [bar(-day, 0), bar(0, day)] };
    expect(filtersOfBar(profile({ kind: "date", ...days }), 0)).toMatchObject([
      { value: "1969-12-31" },
      { value: "1970-01-01" },
    ]);
    const times = { smallest: null, largest: null, histogram: [bar(-0.5, 1_700_000_000_123_456)] };
    expect(filtersOfBar(profile({ kind: "timestamp", ...times }), 0)).toMatchObject([
      { value: "1970-01-01 00:00:00.000000" },
      { value: "2023-11-14 22:13:20.123456" },
    ]);
  });

  it("finds a value that was cut by how it begins", () => {
    expect(filterOfValue(profile({}), { text: "ab", length: 2 })).toEqual({
      column: 3,
      operator: "=",
      value: "ab",
    });
    expect(filterOfValue(profile({}), { text: "ab", length: 300 }).operator).toBe("starts_with");
  });
});
