import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileProfile, type ProfileDepth } from "../../../domain/query/compile/compile-profile";
import { compileView, withinView } from "../../../domain/query/compile/compile-view";
import { readProfiles } from "../../../domain/query/compile/read-profiles";
import { ResultView } from "../../../domain/query/result-view";
import { type Asked, COLUMNS, inThePage, MANY, makeResults, onServer } from "./result-engines";

describe.each([
  ["the server's DuckDB", onServer],
  ["the page's DuckDB", inThePage],
])("views and profiles, on %s", (_, open) => {
  let engine: Asked;
  beforeAll(async () => {
    engine = await open();
    await makeResults(engine);
  });
  afterAll(() => engine.close());

  const rowsOf = async (view: unknown) =>
    (await engine.ask(compileView(ResultView.parse(view), COLUMNS))).map(([row]) => Number(row));
  const found = (column: number, operator: string, value?: unknown) =>
    rowsOf({ filters: [{ column, operator, value }] });

  it.each([
    ["bigints past 2^53", 0, "=", "9007199254740993", [0]],
    ["the least bigint", 0, "<=", "-9223372036854775808", [2]],
    ["a number with a fraction against bigints", 0, "<", "7.5", [2, 4]],
    ["a list", 0, "in", ["7", "9007199254740992"], [1, 4]],
    ["decimals to the last digit", 2, "=", "1.0000000001", [0]],
    ["decimals by a longer number", 2, ">", "1.00000000009", [0, 4]],
    ["NaN", 3, "=", "NaN", [1]],
    ["numbers above, NaN not among them", 3, ">", "-1", [0]],
    ["infinity", 3, "=", "-Infinity", [2]],
    ["an instant in another zone", 4, "=", "2026-11-21 07:41:07+01:00", [1]],
    ["instants with fractions", 4, ">", "2026-11-21 06:41:07.123455", [0, 4]],
    ["a day", 5, "=", "2026-11-21", [0, 4]],
    ["days before 1970", 5, "<", "1970-01-01", [2]],
    ["quotes", 1, "=", "it's", [0]],
    ["the empty text, which is not NULL", 1, "=", "", [1]],
    ["NULL, which is not the empty text", 1, "is_null", undefined, [2]],
    ["wild cards as they are", 1, "contains", "%_", [3]],
    ["the case", 1, "starts_with", "IT", [4]],
    ["booleans", 6, "=", false, [1]],
    ["a column without values", 8, "is_not_null", undefined, []],
    ["lists as text", 7, "=", "[1, 2]", [0, 4]],
    ["times of day", 9, "=", "06:00:00", [0, 2]],
  ])("finds %s", async (_name, column, operator, value, expected) => {
    expect(await found(column, operator, value)).toEqual(expected);
  });

  it("searches every column whatever the case", async () => {
    expect(await rowsOf({ search: "it" })).toEqual([0, 4]);
    expect(await rowsOf({ search: "žLUŤ" })).toEqual([3]);
    expect(await rowsOf({ search: "9007199254740993" })).toEqual([0]);
    expect(await rowsOf({ search: "'; DROP TABLE result; --" })).toEqual([]);
  });

  it("sorts NULL last, rows that are alike as they came", async () => {
    const sorted = (column: number, descending: boolean) => rowsOf({ sort: [{ column, descending }] });
    expect(await sorted(0, false)).toEqual([2, 4, 1, 0, 3]);
    expect(await sorted(0, true)).toEqual([0, 1, 4, 2, 3]);
    expect(await sorted(3, true)).toEqual([1, 0, 4, 2, 3]);
    expect(await sorted(5, true)).toEqual([0, 4, 1, 2, 3]);
    expect(await sorted(8, true)).toEqual([0, 1, 2, 3, 4]);
    expect(await sorted(7, false)).toHaveLength(5);
  });

  const profiles = async (sql: string, rows: number, depth: ProfileDepth) =>
    readProfiles(await engine.ask(sql), COLUMNS, rows, depth);
  const all = COLUMNS.map((_column, place) => place);

  it("profiles columns of every kind", async () => {
    const told = await profiles(compileProfile(all, COLUMNS, 5, "detail"), 5, "detail");
    const [id, text, amount, share, at, day, isNew, tags, nothing, clock] = told;
    expect(told.map(({ rows }) => rows)).toEqual(all.map(() => 5));
    expect(id).toMatchObject({ nulls: 1, smallest: "-9223372036854775808", largest: "9007199254740993" });
    expect(id?.distinct).toEqual({ count: 4, isExact: true });
    expect(id?.histogram.reduce((sum, { rows }) => sum + rows, 0)).toBe(4);
    expect(text).toMatchObject({ nulls: 1, empty: 1, distinct: { count: 4, isExact: true } });
    expect(text?.top?.values).toContainEqual({ text: 'Žluť "q", %_', length: 12, rows: 1 });
    expect(amount).toMatchObject({ nulls: 1, smallest: "-2.5000000000", largest: "3.0000000000" });
    expect(share).toMatchObject({ nulls: 1, notANumber: 1, infinite: 1, smallest: "-1.5", largest: "0.5" });
    expect(share?.mean).toBe(-0.5);
    expect(share?.quantiles?.values[2]).toBe(-0.5);
    expect(at).toMatchObject({
      nulls: 1,
      smallest: "1969-12-31 23:59:59+00",
      largest: "2026-12-31 00:00:00+00",
    });
    expect(day).toMatchObject({ nulls: 1, smallest: "1969-12-31", largest: "2026-11-21" });
    expect(day?.histogram[0]?.from).toBe(-86_400_000_000);
    expect(isNew?.top?.values).toEqual([
      { text: "true", length: 4, rows: 3 },
      { text: "false", length: 5, rows: 1 },
    ]);
    expect(tags).toMatchObject({ kind: "nested", nulls: 1, distinct: null, histogram: [], top: null });
    expect(nothing).toMatchObject({ nulls: 5, smallest: null, mean: null, quantiles: null, histogram: [] });
    expect(nothing?.distinct?.count).toBe(0);
    expect(clock?.top?.values).toEqual([{ text: "06:00:00", length: 8, rows: 2 }]);
  });

  it("profiles a result without rows, and the rows of a view", async () => {
    const sql = compileProfile(all, COLUMNS, 0, "overview");
    const none = await profiles(sql.replaceAll("FROM result", "FROM empty.result"), 0, "overview");
    expect(none.map(({ rows, nulls }) => rows + nulls)).toEqual(all.map(() => 0));
    expect(none.every(({ histogram }) => histogram.length === 0)).toBe(true);
    const view = ResultView.parse({
      filters: [{ column: 1, operator: "contains", value: "'" }],
      search: "it",
    });
    const [seen] = await profiles(
      withinView(compileProfile([0], COLUMNS, 5, "detail"), view, COLUMNS),
      5,
      "detail",
    );
    expect(seen).toMatchObject({ rows: 1, largest: "9007199254740993" });
  });

  it("tells of each column the same alone as among others", async () => {
    for (const depth of ["overview", "detail"] as const) {
      const together = await profiles(compileProfile(all, COLUMNS, 5, depth), 5, depth);
      for (const column of all) {
        const [alone] = await profiles(compileProfile([column], COLUMNS, 5, depth), 5, depth);
        expect(alone).toEqual(together[column]);
      }
    }
  });

  it("orders, compares and counts whole numbers past 128 bits, spans and times with a zone by their value", async () => {
    const columns = ["UHUGEINT", "BIGNUM", "INTERVAL", "TIME WITH TIME ZONE"].map((type) => ({
      name: type,
      type,
    }));
    const carried = `(SELECT *, row_number() OVER () - 1 AS row_number FROM (VALUES
      ('9', '9', '2 days', '10:00:00+02'),
      ('340282366920938463463374607431768211455', '-99999999999999999999999999999999999999999999', '10 days', '09:00:00+00'),
      ('10', '10', '23:00:00', '07:59:59-01'), (NULL, NULL, NULL, NULL)) AS t(c0, c1, c2, c3))`;
    const ask = (sql: string) => engine.ask(sql.replaceAll("FROM result", `FROM ${carried}`));
    const found = async (view: unknown) =>
      (await ask(compileView(ResultView.parse(view), columns))).map(([row]) => Number(row));
    const sorted = (column: number) => found({ sort: [{ column, descending: false }] });
    expect(await sorted(0)).toEqual([0, 2, 1, 3]);
    expect(await sorted(1)).toEqual([1, 0, 2, 3]);
    expect(await sorted(2)).toEqual([2, 0, 1, 3]);
    expect(await sorted(3)).toEqual([0, 2, 1, 3]);
    const meets = (column: number, operator: string, value: unknown) =>
      found({ filters: [{ column, operator, value }] });
    expect(await meets(0, ">", "9")).toEqual([1, 2]);
    expect(await meets(0, ">", "-1")).toEqual([0, 1, 2]);
    expect(await meets(0, "=", "340282366920938463463374607431768211455")).toEqual([1]);
    expect(await meets(0, "<", "9.5")).toEqual([0]);
    expect(await meets(1, "<=", "-99999999999999999999999999999999999999999999")).toEqual([1]);
    const told = readProfiles(
      await ask(compileProfile([0, 1, 2, 3], columns, 4, "detail")),
      columns,
      4,
      "detail",
    );
    expect(told[0]).toMatchObject({ smallest: "9", largest: "340282366920938463463374607431768211455" });
    expect(told[1]).toMatchObject({ nulls: 1, largest: "10", distinct: { count: 3, isExact: true } });
    expect(told[1]?.histogram.reduce((sum, { rows }) => sum + rows, 0)).toBe(3);
    expect(told[2]?.top?.values.map(({ text }) => text)).toEqual(["10 days", "2 days", "23:00:00"]);
  });

  it("counts bars of whole numbers, and estimates where it says so", async () => {
    const sql = compileProfile([0, 1], MANY, 100_000, "overview").replaceAll(
      "FROM result",
      "FROM many.result",
    );
    const [n, name] = readProfiles(await engine.ask(sql), MANY, 100_000, "overview");
    expect(n?.histogram).toHaveLength(40);
    expect(n?.histogram.map(({ rows }) => rows)).toEqual(Array.from({ length: 40 }, () => 2500));
    expect(n?.distinct?.isExact).toBe(false);
    expect(name?.distinct).toEqual({ count: 9, isExact: true });
    expect(name?.top?.values[0]).toEqual({ text: "s0", length: 2, rows: 11_112 });
    const large = compileProfile([1], MANY, 5_000_000, "overview").replaceAll(
      "FROM result",
      "FROM many.result",
    );
    const [estimated] = readProfiles(await engine.ask(large), MANY, 5_000_000, "overview");
    expect(estimated?.top?.values).toHaveLength(9);
    expect(estimated?.top?.isExact).toBe(false);
  });
});
