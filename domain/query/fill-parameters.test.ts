import { describe, expect, it } from "vitest";
import { fillParameters, findPlaceholders } from "./fill-parameters";
import { originOf, placeAt } from "./origins";
import type { QueryParameter } from "./query-parameter";

const fill = (sql: string, ...parameters: Partial<QueryParameter>[]) =>
  fillParameters(
    sql,
    parameters.map((each) => ({ name: "p", type: "text" as const, value: null, ...each })),
    "trino",
  ).sql;

describe("fillParameters", () => {
  it.each<[Partial<QueryParameter>, string]>([
    [{ type: "text", value: "it's; -- {{p}}" }, "'it''s; -- {{p}}'"],
    [{ type: "text", value: "" }, "''"],
    [{ type: "text", value: null }, "NULL"],
    [{ type: "integer", value: 14 }, "14"],
    [{ type: "integer", value: "-9" }, "(-9)"],
    [{ type: "integer", value: "-9223372036854775808" }, "CAST('-9223372036854775808' AS BIGINT)"],
    [{ type: "decimal", value: "-0012.50" }, "CAST('-12.50' AS DECIMAL(4, 2))"],
    [{ type: "decimal", value: ".5" }, "CAST('0.5' AS DECIMAL(1, 1))"],
    [{ type: "decimal", value: 1e-7 }, "CAST('0.0000001' AS DECIMAL(7, 7))"],
    [{ type: "decimal", value: 0 }, "CAST('0' AS DECIMAL(1, 0))"],
    [{ type: "date", value: "2024-02-29" }, "DATE '2024-02-29'"],
    [{ type: "timestamp", value: "2026-01-31T10:00" }, "TIMESTAMP '2026-01-31 10:00:00'"],
    [{ type: "timestamp", value: "2026-01-31 10:00:00.5Z" }, "TIMESTAMP '2026-01-31 10:00:00.5 +00:00'"],
    [{ type: "boolean", value: false }, "FALSE"],
    [{ type: "list", items: "integer", value: [1, -2] }, "1, (-2)"],
  ])("%j", (parameter, literal) => {
    expect(fill("SELECT {{p}}", parameter)).toBe(`SELECT ${literal}`);
  });

  it("wraps a list behind IN, and nowhere else", () => {
    const list = { type: "list" as const, value: ["a", "b'"] };
    expect(fill("x IN {{p}} OR x in ({{ p }}) OR x = ARRAY[{{p}}]", list)).toBe(
      "x IN ('a', 'b''') OR x in ('a', 'b''') OR x = ARRAY['a', 'b''']",
    );
  });

  it("spells times with a zone in DuckDB's way", () => {
    const parameters = [{ name: "p", type: "timestamp" as const, value: "2026-01-31 10:00:00 +0200" }];
    expect(fillParameters("{{p}}", parameters, "duckdb").sql).toBe("TIMESTAMPTZ '2026-01-31 10:00:00+02:00'");
  });

  it("leaves texts, quoted names, comments and single braces alone", () => {
    const sql = `SELECT '{{p}}', "{{p}}" -- {{p}}\n/* {{p}} */, {'a': {'b': 1}}, { {p}}, {{p} }`;
    expect(findPlaceholders(sql)).toEqual([]);
    expect(fill(sql)).toBe(sql);
  });

  it("tells types by plain JSON values", () => {
    const given = { a: 1, b: 1.5, c: "x", d: true, e: [1, 2.5], f: null };
    expect(fillParameters("{{a}} {{b}} {{c}} {{d}} {{e}} {{f}}", given, "trino").sql).toBe(
      "1 CAST('1.5' AS DECIMAL(2, 1)) 'x' TRUE CAST('1' AS DECIMAL(1, 0)), CAST('2.5' AS DECIMAL(2, 1)) NULL",
    );
  });

  it.each<[Partial<QueryParameter>]>([
    [{ type: "integer", value: "1 OR 1=1" }],
    [{ type: "integer", value: 1.5 }],
    [{ type: "integer", value: "9223372036854775808" }],
    [{ type: "decimal", value: "1e5" }],
    [{ type: "decimal", value: "." }],
    [{ type: "decimal", value: "9".repeat(39) }],
    [{ type: "date", value: "2026-02-30" }],
    [{ type: "date", value: "2026-01-31'; DROP" }],
    [{ type: "timestamp", value: "2026-01-31 25:00" }],
    [{ type: "boolean", value: "yes" }],
    [{ type: "text", value: "a\0b" }],
    [{ type: "text", value: ["a"] }],
    [{ type: "list", value: [] }],
    [{ type: "list", items: "date", value: ["2026-01-01", "x"] }],
  ])("refuses %j", (parameter) => {
    expect(() => fill("SELECT {{p}}", parameter)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        errors: [expect.objectContaining({ pointer: "/parameters/p" })],
      }),
    );
  });

  it("names every placeholder without a value, at its place", () => {
    expect(() => fill("SELECT {{p}}, {{q}}", { value: "x" })).toThrow(
      expect.objectContaining({
        message: "No value is given for {{q}}.",
        errors: [{ pointer: "/sql/14", message: "{{q}} has no value." }],
      }),
    );
  });

  it("maps offsets of the filled text back to the text as written", () => {
    const sql = "SELECT {{p}} AS a, wrong";
    const { sql: filled, origins } = fillParameters(sql, { p: "a long text of its own" }, "trino");
    expect(originOf(origins, filled.indexOf("wrong"))).toBe(sql.indexOf("wrong"));
    expect(originOf(origins, filled.indexOf("'a long"))).toBe(sql.indexOf("{{p}}"));
    expect(originOf(origins, filled.length)).toBe(sql.length);
    expect(originOf([], 4)).toBe(4);
  });

  it("places a squiggle below the word at an offset", () => {
    const sql = "SELECT a,\n  wrong_name FROM t";
    expect(placeAt(sql, 12)).toEqual({ offset: 12, length: 10, line: 2, column: 3 });
    expect(placeAt(sql, 8)).toEqual({ offset: 8, length: 1, line: 1, column: 9 });
    expect(placeAt(sql, 999)).toMatchObject({ offset: sql.length, length: 0 });
  });
});
