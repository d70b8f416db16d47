import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkStatement, mentioned } from "./check-statement";

describe("checkStatement", () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
  });
  afterAll(() => connection.closeSync());

  const treeOf = async (sql: string): Promise<unknown> => {
    const parse = "SELECT json_serialize_sql($sql::VARCHAR, skip_null := true, skip_empty := true)";
    const parsed = await connection.runAndReadAll(parse, { sql });
    return JSON.parse(String(parsed.getRowsJson()[0]?.[0]));
  };
  const check = async (sql: string) =>
    checkStatement(await treeOf(sql), {
      tables: ["lake.sample.orders", "analytics.derived.f", 'lake.shop."order details.v2"'],
      databases: ["shop"],
    });

  it("finds the tables that a statement mentions, wherever it does", async () => {
    const tables = ["lake.a.one", "lake.a.two", "analytics.a.two", 'lake.b."T h"', "lake.b.three"];
    const sql = `WITH x AS (SELECT * FROM Lake.A.ONE) SELECT (SELECT max(n) FROM a.two) FROM x
      WHERE EXISTS (FROM lake.b."t H") -- lake.b.three`;
    expect(mentioned(await treeOf(sql), { tables, databases: [] }).tables).toEqual([
      "lake.a.one",
      "lake.a.two",
      "analytics.a.two",
      'lake.b."T h"',
    ]);
    expect(mentioned(await treeOf("DESCRIBE lake.b.three"), { tables, databases: [] }).tables).toEqual([
      "lake.b.three",
    ]);
    expect(mentioned(await treeOf("SELECT 'lake.b.three'"), { tables, databases: [] }).tables).toEqual([]);
  });

  it.each([
    "SELECT * FROM lake.sample.orders",
    "SELECT * FROM LAKE.Sample.ORDERS",
    "FROM sample.orders SELECT count(*)",
    "SELECT 1; -- the end",
    "WITH recent AS (SELECT * FROM lake.sample.orders) SELECT * FROM recent JOIN analytics.derived.f USING (id)",
    "WITH RECURSIVE days AS (SELECT 1 AS d UNION ALL SELECT d + 1 FROM days WHERE d < 9) SELECT * FROM days",
    "SELECT * FROM generate_series(1, 3) AS s(n), unnest([1, 2]) AS u(x)",
    "SELECT avg(x) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND 1 PRECEDING) FROM lake.sample.orders",
    "SELECT list_transform([1, 2], n -> n + 1), strftime(DATE '2024-01-01', '%d'), regexp_replace('a', 'b', 'c')",
    "SELECT sold AT TIME ZONE 'America/New_York' FROM lake.sample.orders QUALIFY row_number() OVER () = 1",
    "DESCRIBE lake.sample.orders",
    'SELECT * FROM lake.shop."Order Details.v2"',
    "VALUES (1), (2)",
  ])("lets %s run", async (sql) => {
    expect(await check(sql)).toBeNull();
  });

  it.each([
    "SELECT 1; SELECT 2",
    "INSERT INTO lake.sample.orders VALUES (1)",
    "ATTACH 'other.db'",
    "COPY (SELECT 1) TO 'x'",
    "EXPLAIN ANALYZE SELECT 1",
    "SET memory_limit = '1TB'",
    "PRAGMA database_list",
    "SHOW TABLES",
    "SHOW ALL TABLES",
    "INSTALL httpfs",
    "SELECT * FROM 'file.parquet'",
    'SELECT * FROM lake.shop."order details".v2',
    'SELECT * FROM "lake.sample.orders"',
    'SELECT * FROM lake."sample.orders"',
    'SELECT * FROM "/etc/passwd.csv"',
    "SELECT * FROM lake.sample.secrets",
    "SELECT * FROM orders",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM read_text('x')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM query_table('lake.sample.secrets')",
    "SELECT * FROM histogram_values('x.parquet', a)",
    "SELECT * FROM parquet_metadata('x')",
    "SELECT (SELECT max(content) FROM read_text('x'))",
    "SELECT 1 WHERE EXISTS (FROM read_csv('x'))",
    "WITH a AS (FROM read_csv('x')) FROM a",
    "SELECT 1 UNION ALL FROM read_csv('x')",
    "SELECT READ_TEXT('x')",
    "SELECT getenv('HOME')",
    "SELECT current_setting('temp_directory')",
    "DESCRIBE read_csv('x')",
    "SUMMARIZE 'x.csv'",
  ])("refuses %s", async (sql) => {
    expect(await check(sql)).toMatchObject({ code: "invalid_input" });
  });

  it("names the tables that there are", async () => {
    expect(await check("SELECT * FROM lake.sample.nothing")).toMatchObject({
      message: 'There is no table "lake.sample.nothing" here.',
      hint: 'Tables: analytics.derived.f, lake.sample.orders, lake.shop."order details.v2", shop.<schema>.<table>.',
    });
  });
});
