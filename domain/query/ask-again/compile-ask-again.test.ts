import { describe, expect, it } from "vitest";
import { AskAgain, type AskedColumn } from "./ask-again";
import { compileAskAgain, compilePivotValues, MOST_PIVOTED } from "./compile-ask-again";

const result = [
  { name: "category", type: "VARCHAR" },
  { name: "amount", type: "DECIMAL(12,2)" },
  { name: "day", type: "DATE" },
  { name: 'o"dd', type: "BIGINT" },
];
const other = [
  { name: "category", type: "varchar" },
  { name: "id", type: "bigint" },
];
const of = (column: number): AskedColumn => ({ of: "result", column });
const ask = (fields: Partial<AskAgain>) => AskAgain.parse(fields);
const compiled = (fields: Partial<AskAgain>, values: (string | null)[] = []) =>
  compileAskAgain(ask(fields), { result, other: null }, values);

describe("a question to a finished result", () => {
  it("asks for everything where nothing is said", () => {
    expect(compiled({})).toBe("SELECT *\nFROM result");
  });

  it("filters with every digit", () => {
    const filters: AskAgain["filters"] = [
      { column: of(1), operator: ">=", value: "12345678901234567890.12" },
      { column: of(2), operator: "in", value: ["2026-01-01", "2026-01-02"] },
      { column: of(0), operator: "contains", value: "it's" },
      { column: of(3), operator: "is_null" },
    ];
    expect(compiled({ filters })).toBe(
      [
        "SELECT *",
        "FROM result",
        'WHERE "amount" >= 12345678901234567890.12',
        `  AND "day" IN (CAST('2026-01-01' AS DATE), CAST('2026-01-02' AS DATE))`,
        `  AND contains(CAST("category" AS VARCHAR), 'it''s')`,
        '  AND "o""dd" IS NULL',
      ].join("\n"),
    );
  });

  it("groups", () => {
    const group: AskAgain["group"] = {
      by: [of(0)],
      aggregates: [
        { of: "count", column: null },
        { of: "sum", column: of(1) },
        { of: "count_distinct", column: of(2) },
      ],
    };
    expect(compiled({ group })).toBe(
      'SELECT "category", count(*) AS "rows", sum("amount") AS "sum of amount", count(DISTINCT "day") AS "distinct of day"\n' +
        "FROM result\nGROUP BY 1\nORDER BY 1",
    );
  });

  it("makes one row of all where it groups by nothing", () => {
    const group: AskAgain["group"] = { by: [], aggregates: [{ of: "max", column: of(2) }] };
    expect(compiled({ group })).toBe('SELECT max("day") AS "max of day"\nFROM result');
  });

  it("pivots by values that were asked before", () => {
    const pivot: AskAgain["pivot"] = { by: [of(2)], column: of(0), value: { of: "sum", column: of(1) } };
    expect(compilePivotValues(ask({ pivot }), { result, other: null })).toContain(
      `LIMIT ${MOST_PIVOTED + 1}`,
    );
    expect(compiled({ pivot }, ["a", "", null, "day"])).toBe(
      [
        'SELECT "day",',
        `  sum("amount") FILTER (WHERE CAST("category" AS VARCHAR) = 'a') AS "a",`,
        `  sum("amount") FILTER (WHERE CAST("category" AS VARCHAR) = '') AS "(empty)",`,
        '  sum("amount") FILTER (WHERE "category" IS NULL) AS "null",',
        `  sum("amount") FILTER (WHERE CAST("category" AS VARCHAR) = 'day') AS "day (value)"`,
        "FROM result\nGROUP BY 1\nORDER BY 1",
      ].join("\n"),
    );
  });

  it("joins with another result, whose columns keep apart", () => {
    const joined = ask({ join: { kind: "left", on: [{ result: 0, other: 0 }] } });
    expect(compileAskAgain(joined, { result, other })).toBe(
      'SELECT result."category" AS "category", result."amount" AS "amount", result."day" AS "day", result."o""dd" AS "o""dd", ' +
        'other."category" AS "category (other)", other."id" AS "id"\n' +
        'FROM result\nLEFT JOIN other ON result."category" = other."category"',
    );
  });

  it("compares keys of different kinds as they are shown", () => {
    const joined = ask({ join: { kind: "inner", on: [{ result: 0, other: 1 }] } });
    expect(compileAskAgain(joined, { result, other })).toContain(
      'ON CAST(result."category" AS VARCHAR) = CAST(other."id" AS VARCHAR)',
    );
  });

  it.each<[string, Partial<AskAgain>, string]>([
    ["an unknown column", { filters: [{ column: of(9), operator: "is_null" }] }, "/filters/0"],
    ["a value that is missing", { filters: [{ column: of(0), operator: "=" }] }, "/filters/0/value"],
    [
      "a value of another kind",
      { filters: [{ column: of(2), operator: "=", value: "soon" }] },
      "/filters/0/value",
    ],
    [
      "a sum of text",
      { group: { by: [], aggregates: [{ of: "sum", column: of(0) }] } },
      "/group/aggregates/0/column",
    ],
    [
      "a sum of nothing",
      { group: { by: [], aggregates: [{ of: "sum", column: null }] } },
      "/group/aggregates/0/column",
    ],
    ["no group", { group: { by: [], aggregates: [] } }, "/group"],
    ["a join with nothing", { join: { kind: "inner", on: [{ result: 0, other: 0 }] } }, "/join"],
  ])("refuses %s with its place", (_, fields, pointer) => {
    expect(() => compiled(fields)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }),
    );
  });

  it("refuses a pivot over too many values", () => {
    const pivot: AskAgain["pivot"] = { by: [], column: of(0), value: { of: "count", column: null } };
    const values = Array.from({ length: MOST_PIVOTED + 1 }, (_, at) => String(at));
    expect(() => compiled({ pivot }, values)).toThrow("more than 100 values");
  });
});
