import { describe, expect, it } from "vitest";
import { ResultView } from "../result-view";
import { compileView, withinView } from "./compile-view";

const columns = [
  { name: "id", type: "BIGINT" },
  { name: 'na"me', type: "VARCHAR" },
  { name: "amount", type: "DECIMAL(12,2)" },
  { name: "share", type: "DOUBLE" },
  { name: "at", type: "timestamp(3) with time zone" },
  { name: "day", type: "DATE" },
  { name: "isNew", type: "boolean" },
  { name: "tags", type: "map(varchar, bigint)" },
];
const view = (input: unknown) => ResultView.parse(input);
const filtered = (column: number, operator: string, value?: unknown) =>
  compileView(view({ filters: [{ column, operator, value }] }), columns);
const condition = (column: number, operator: string, value?: unknown) =>
  / WHERE (.*) ORDER BY row_number$/.exec(filtered(column, operator, value))?.[1];

describe("compileView", () => {
  it("keeps the order of the result where nothing else is asked", () => {
    expect(compileView(view({}), columns)).toBe("SELECT row_number FROM result ORDER BY row_number");
  });

  it("sorts NULL last in both directions, and maps as text", () => {
    const sort = [
      { column: 2, descending: true },
      { column: 7, descending: false },
    ];
    expect(compileView(view({ sort }), columns)).toBe(
      "SELECT row_number FROM result ORDER BY c2 DESC NULLS LAST, CAST(c7 AS VARCHAR) ASC NULLS LAST, row_number",
    );
  });

  it.each([
    [0, "=", "9007199254740993", "c0 = 9007199254740993"],
    [0, "in", ["1", 2], "c0 IN (1, 2)"],
    [0, "in", [], "false"],
    [1, "=", "it's", "c1 = 'it''s'"],
    [1, "=", "", "c1 = ''"],
    [1, "!=", "'; DROP TABLE result; --", "c1 <> '''; DROP TABLE result; --'"],
    [1, "contains", "%_'", "contains(CAST(c1 AS VARCHAR), '%_''')"],
    [0, "starts_with", 12, "starts_with(CAST(c0 AS VARCHAR), '12')"],
    [2, ">=", "-12.50", "c2 >= -12.50"],
    [3, "=", "NaN", "c3 = CAST('nan' AS DOUBLE)"],
    [3, ">", "1e300", "(c3 > CAST('1e300' AS DOUBLE) AND NOT isnan(c3))"],
    [3, "<", "-Infinity", "(c3 < CAST('-inf' AS DOUBLE) AND NOT isnan(c3))"],
    [4, "=", "2026-11-21 06:41:07.5+02:00", "c4 = CAST('2026-11-21 06:41:07.5+02:00' AS TIMESTAMPTZ)"],
    [4, "<", "2026-11-21", "c4 < CAST('2026-11-21 00:00:00+00' AS TIMESTAMPTZ)"],
    [5, "=", "2024-02-29", "c5 = CAST('2024-02-29' AS DATE)"],
    [6, "=", true, "c6 = true"],
    [7, "=", "{a=1}", "CAST(c7 AS VARCHAR) = '{a=1}'"],
    [1, "is_null", undefined, "c1 IS NULL"],
    [1, "is_not_null", undefined, "c1 IS NOT NULL"],
  ])("column %i %s %j", (column, operator, value, expected) => {
    expect(condition(column, operator, value)).toBe(expected);
  });

  it.each([
    [0, "=", "1; DROP TABLE result"],
    [0, "=", "1 OR 1=1"],
    [0, "=", true],
    [0, "=", ""],
    [2, "<", "0x10"],
    [5, "=", "2026-02-29"],
    [5, "=", "yesterday"],
    [4, "=", "2026-11-21 25:00:00"],
    [6, "=", "1"],
    [1, "=", ["a", "b"]],
    [1, "contains", undefined],
    [8, "=", 1],
  ])("refuses column %i %s %j, with the place", (column, operator, value) => {
    const place = column === 8 ? "/filters/0/column" : "/filters/0/value";
    expect(() => filtered(column, operator, value)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        errors: [expect.objectContaining({ pointer: place })],
      }),
    );
  });

  it("searches every column as text, whatever the case", () => {
    const sql = compileView(view({ search: "O'Neil" }), columns.slice(0, 2));
    expect(sql).toBe(
      "SELECT row_number FROM result WHERE (coalesce(contains(lower(CAST(c0 AS VARCHAR)), lower('O''Neil')), false)" +
        " OR coalesce(contains(lower(CAST(c1 AS VARCHAR)), lower('O''Neil')), false)) ORDER BY row_number",
    );
  });
});

describe("withinView", () => {
  it("leaves a statement as it is where the view holds every row", () => {
    const sorted = view({ sort: [{ column: 0, descending: true }] });
    expect(withinView("SELECT count(*) FROM result", sorted, columns)).toBe("SELECT count(*) FROM result");
    expect(withinView("SELECT 1", null, columns)).toBe("SELECT 1");
  });

  it("puts the rows of the view in the place of the result", () => {
    const nulls = view({ filters: [{ column: 1, operator: "is_null" }] });
    const rows = "result AS (SELECT * FROM main.result WHERE c1 IS NULL)";
    expect(withinView("SELECT count(*) FROM result", nulls, columns)).toBe(
      `WITH ${rows} SELECT count(*) FROM result`,
    );
    expect(withinView("WITH a AS (SELECT 1) SELECT * FROM a", nulls, columns)).toBe(
      `WITH ${rows}, a AS (SELECT 1) SELECT * FROM a`,
    );
  });
});
