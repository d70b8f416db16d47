import { describe, expect, it } from "vitest";
import { Failure } from "../../../domain/shared/failure";
import { checkStatement } from "./check-statement";

const OTHER = "lake_0b0c7b5e_0000_4000_8000_00000000000f";
const allowed = new Set(["lake_w", "shop_w"]);
const known = new Set(["lake_w", "shop_w", OTHER, "system", "jmx", "tpch"]);
const check = (sql: string) => checkStatement(sql, { allowed, known });

function offsetOf(sql: string): string {
  try {
    check(sql);
  } catch (error) {
    if (error instanceof Failure && error.code === "invalid_input") return error.errors[0]?.pointer ?? "";
    throw error;
  }
  return "allowed";
}

describe("the last look at a statement", () => {
  it.each([
    "SELECT * FROM lake_w.a.b",
    "(SELECT 1) UNION (SELECT 2)",
    "WITH x AS (SELECT * FROM lake_w.a.b) SELECT x.n.m.o FROM x",
    "VALUES 1, 2",
    'SELECT * FROM "lake_w"."a"."b$snapshots" FOR VERSION AS OF 12',
    "SELECT 'system.runtime.queries', \"it's\" FROM lake_w.a.b -- system.runtime.queries",
    "/* CALL */ SELECT alias.tpch.part FROM lake_w.a.b alias;",
    "SELECT system.tpch FROM lake_w.a.system",
    "SELECT * FROM TABLE(sequence(1, 3))",
  ])("allows %s", (sql) => {
    expect(offsetOf(sql)).toBe("allowed");
  });

  it.each([
    "SHOW CATALOGS",
    "SHOW CREATE TABLE lake_w.a.b",
    "CALL lake_w.system.rollback_to_snapshot('a', 'b', 1)",
    "CREATE CATALOG x USING tpch",
    "DROP CATALOG lake_w",
    "CREATE TABLE lake_w.a.c AS SELECT 1 AS n",
    "INSERT INTO lake_w.a.b SELECT * FROM lake_w.a.b",
    "DELETE FROM lake_w.a.b",
    "UPDATE lake_w.a.b SET n = 1",
    "MERGE INTO lake_w.a.b USING lake_w.a.c ON true WHEN MATCHED THEN DELETE",
    "ALTER TABLE lake_w.a.b EXECUTE optimize",
    "EXPLAIN SELECT 1",
    "EXECUTE IMMEDIATE 'SELECT 1'",
    "PREPARE p FROM SELECT 1",
    "EXECUTE p",
    "SET SESSION query_max_run_time = '1h'",
    "USE lake_w.a",
    "GRANT SELECT ON lake_w.a.b TO USER x",
    "-- SELECT\nSHOW SCHEMAS",
    "-- x\rSHOW SCHEMAS",
    '"SELECT" 1',
    "",
    "/* SELECT 1",
  ])("refuses %s at its first word", (sql) => {
    const first = Math.max(0, sql.search(/(?<=[\n\r])[A-Z]/));
    expect(offsetOf(sql)).toBe(`/sql/${first}`);
  });

  it.each([
    ["SELECT * FROM ^system.runtime.queries"],
    ['SELECT * FROM ^"SYSTEM"."runtime"."nodes"'],
    ["SELECT * FROM ^system /* x */ . -- y\n runtime.queries"],
    ['SELECT * FROM ^jmx.current."java.lang:type=runtime"'],
    ["SELECT * FROM ^tpch.tiny.nation"],
    [`SELECT * FROM ^${OTHER}.a.b`],
    [`SELECT * FROM lake_w.a.b WHERE n IN (SELECT n FROM ^${OTHER.toUpperCase()}.a.b)`],
    ["SELECT 1 -- \r, (SELECT count(*) FROM ^system.runtime.queries)"],
    ["SELECT * FROM TABLE(shop_w.^system.query(query => 'SELECT pg_read_file(1)'))"],
    ['SELECT * FROM TABLE(shop_w."^System".query(query => 1))'],
    ["SELECT 1; ^SELECT 2"],
    ["SELECT 1; ^DROP TABLE lake_w.a.b"],
  ])("refuses %s at the mark", (marked) => {
    const sql = marked.replace("^", "");
    const place = marked.indexOf("^");
    const start = marked[place - 1] === '"' ? place - 1 : place;
    expect(offsetOf(sql)).toBe(`/sql/${start}`);
  });

  it("tells the catalogs and where the statement ends", () => {
    const sql = "SELECT * FROM shop_w.a.b, LAKE_W.a.b ; -- done";
    expect(check(sql)).toEqual({ named: new Set(["shop_w", "lake_w"]), end: sql.indexOf(";") });
  });
});
