import { describe, expect, it } from "vitest";
import { ChartSpec } from "./chart-spec";
import { compileChart } from "./compile-chart";
import { proposeChart } from "./propose-chart";

const columnsOf = (...types: [string, string][]) => types.map(([name, type]) => ({ name, type }));

describe("proposeChart", () => {
  it.each([
    [
      "a line over time, a series for each name, keys left aside",
      columnsOf(
        ["store_id", "BIGINT"],
        ["day", "DATE"],
        ["category", "VARCHAR"],
        ["revenue", "DECIMAL(12,2)"],
      ),
      { kind: "line", x: 1, y: [{ column: 3, aggregate: "sum" }], series: 2, bucket: "none" },
    ],
    [
      "rows by day where only times are there",
      columnsOf(["at", "timestamp(3) with time zone"]),
      { kind: "line", x: 0, bucket: "day", y: [{ column: null, aggregate: "count" }], series: null },
    ],
    [
      "bars by name, the largest first",
      columnsOf(["units", "INTEGER"], ["category", "varchar(20)"]),
      { kind: "bar", x: 1, y: [{ column: 0, aggregate: "sum" }], sort: "y_descending" },
    ],
    [
      "points of two measures",
      columnsOf(["price", "DOUBLE"], ["units", "BIGINT"]),
      { kind: "scatter", x: 0, y: [{ column: 1, aggregate: "none" }] },
    ],
    ["rows by a key where there is nothing else", columnsOf(["id", "BIGINT"]), { kind: "bar", x: 0 }],
  ])("proposes %s", (_name, columns, expected) => {
    const spec = proposeChart(columns);
    expect(spec).toMatchObject(expected);
    expect(() => compileChart(ChartSpec.parse(spec), columns)).not.toThrow();
  });

  it("proposes nothing for lists, and for no columns", () => {
    expect(proposeChart(columnsOf(["tags", "VARCHAR[]"]))).toBe(null);
    expect(proposeChart([])).toBe(null);
  });
});

describe("compileChart", () => {
  const columns = columnsOf(["n", "BIGINT"], ["name", "VARCHAR"], ["tags", "row(a bigint)"]);
  const sum = { column: 0, aggregate: "sum" };
  it.each([
    ["a column that is not there", { x: 9, y: [sum] }, "/x"],
    ["an axis of rows", { x: 2, y: [sum] }, "/x"],
    ["names that are added up", { x: 0, y: [{ column: 1, aggregate: "sum" }] }, "/y/0/aggregate"],
    ["a measure of nothing", { x: 0, y: [sum, { column: null, aggregate: "avg" }] }, "/y/1/column"],
    ["a measure that is not there", { x: 0, y: [{ column: 7, aggregate: "count" }] }, "/y/0/column"],
    ["measures that are series twice", { x: 0, y: [sum, sum], series: 1 }, "/series"],
  ])("refuses %s, with the place", (_name, input, pointer) => {
    const spec = ChartSpec.parse({ kind: "line", ...input });
    expect(() => compileChart(spec, columns)).toThrow(
      expect.objectContaining({ code: "invalid_input", errors: [expect.objectContaining({ pointer })] }),
    );
  });

  it("takes no more measures than there are colours", () => {
    expect(ChartSpec.safeParse({ kind: "line", x: 0, y: Array.from({ length: 7 }, () => sum) }).success).toBe(
      false,
    );
  });
});
