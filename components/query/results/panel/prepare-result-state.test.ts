import { describe, expect, it } from "vitest";
import {
  emptyWords,
  type ResultFacts,
  rowWords,
  truncationWords,
  viewWords,
  waitingWords,
} from "./prepare-result-state";
import { readRowNumber } from "./read-row-number";

const facts: ResultFacts = {
  status: "succeeded",
  ranAt: new Date("2026-11-21T14:02:11Z"),
  rows: 6480,
  isComplete: true,
  viewRows: null,
  limit: null,
};

describe("what a result says of itself", () => {
  it("counts its rows, those so far, and those of a view", () => {
    expect(rowWords(facts)).toBe("6,480 rows");
    expect(rowWords({ ...facts, isComplete: false })).toBe("6,480 rows so far");
    expect(rowWords({ ...facts, viewRows: 936 })).toBe("936 of 6,480 rows");
    expect(viewWords(facts)).toBe("of the result of 14:02:11 UTC; the SQL was not run again");
  });

  it("says what is missing", () => {
    expect(truncationWords(facts)).toBeNull();
    expect(truncationWords({ ...facts, limit: 10_000 })).toBeNull();
    expect(truncationWords({ ...facts, limit: 6480 })).toMatch(/the first 6,480 rows/);
    expect(truncationWords({ ...facts, status: "failed" })).toMatch(/before the statement failed/);
    expect(truncationWords({ ...facts, status: "cancelled" })).toMatch(/cancelled/);
  });

  it("says why a view is not there yet, or cannot be", () => {
    expect(waitingWords("running")).toMatch(/once all rows are here/);
    expect(waitingWords("cancelled")).toMatch(/Only a complete result/);
  });

  it("says why there are no rows", () => {
    expect(emptyWords({ ...facts, viewRows: 0 })).toMatchObject({ isOfView: true });
    expect(emptyWords({ ...facts, rows: 0 }).text).toBe("The statement gave no rows.");
    expect(emptyWords({ ...facts, rows: 0, status: "running" }).text).toMatch(/as soon as/);
  });
});

describe("readRowNumber", () => {
  it.each([
    ["1", 0],
    ["73,500,001", 73_500_000],
    ["73.5M", 73_499_999],
    ["10 k", 9_999],
    ["100000000", 99_999_999],
  ])("reads %s", (typed, row) => {
    expect(readRowNumber(typed, 100_000_000)).toEqual({ row });
  });

  it.each(["", "x", "0", "-1", "100000001", "1.5.2"])("refuses %j", (typed) => {
    expect(readRowNumber(typed, 100_000_000)).toHaveProperty("problem");
  });
});
