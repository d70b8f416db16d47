import { describe, expect, it } from "vitest";
import { splitStatements, statementAt } from "./split-statements";

const texts = (sql: string) => splitStatements(sql).map((each) => each.sql);

describe("splitStatements", () => {
  it.each([
    ["SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2"]],
    ["  -- only a comment\n ;;/* none */; ", []],
    ["SELECT ';' AS \"a;b\", 'it''s;' -- one; two\n/* ; */, 2; SELECT 3", 3],
    ["SELECT E'it\\'s; so'; SELECT 2", ["SELECT E'it\\'s; so'", "SELECT 2"]],
    ["SELECT $tag$ a; $$ b $tag$; SELECT 2", ["SELECT $tag$ a; $$ b $tag$", "SELECT 2"]],
    ["SELECT 'not closed; SELECT 2", ["SELECT 'not closed; SELECT 2"]],
    ["SELECT 1 /* not closed; SELECT 2", ["SELECT 1"]],
    ["", []],
  ])("%s", (sql, expected) => {
    if (typeof expected === "number") {
      expect(texts(sql)).toEqual(["SELECT ';' AS \"a;b\", 'it''s;' -- one; two\n/* ; */, 2", "SELECT 3"]);
    } else expect(texts(sql)).toEqual(expected);
  });

  it("says where each stands", () => {
    const sql = "-- first\nSELECT 1 ;\n\nSELECT 2";
    expect(splitStatements(sql)).toEqual([
      { sql: "SELECT 1", start: 9, end: 17, until: 19 },
      { sql: "SELECT 2", start: 21, end: 29, until: 29 },
    ]);
  });

  it("finds the statement at a cursor", () => {
    const sql = "SELECT 1;\n\n-- the second\nSELECT 2;\n";
    const found = splitStatements(sql);
    const at = (offset: number) => statementAt(found, offset)?.sql;
    expect([0, 8, 9].map(at)).toEqual(["SELECT 1", "SELECT 1", "SELECT 1"]);
    expect([10, 12, 30, sql.length].map(at)).toEqual(["SELECT 2", "SELECT 2", "SELECT 2", "SELECT 2"]);
    expect(statementAt([], 3)).toBeNull();
  });

  it("takes large and malformed texts in a moment", () => {
    const before = process.cpuUsage();
    expect(splitStatements("SELECT 1;\n".repeat(100_000))).toHaveLength(100_000);
    expect(texts(`SELECT '${"x''".repeat(400_000)}'`)).toHaveLength(1);
    for (const opened of ["/*", "$a$ $b", "'", '"', "E'\\"]) splitStatements(opened.repeat(200_000));
    // The processor's own time: others may keep it busy.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(10_000);
  });
});
