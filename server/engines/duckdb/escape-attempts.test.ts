import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ESCAPE_ATTEMPTS } from "./escape-attempts";
import { OFFERED_FUNCTIONS, OFFERED_TABLE_FUNCTIONS } from "./offered-functions";
import { readStatement } from "./read-statement";

const READABLE = { tables: ["lake.sample.orders"], databases: ["shop"] };

describe("a statement that tries to get out", () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
  });
  afterAll(() => connection.closeSync());

  it("is tried in more than a hundred ways", () => {
    const all = Object.values(ESCAPE_ATTEMPTS).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(200);
  });

  it.each(Object.entries(ESCAPE_ATTEMPTS))("is refused: %s", async (_family, attempts) => {
    for (const sql of attempts) {
      await expect(readStatement(connection, sql, READABLE), sql).rejects.toMatchObject({
        problem: { code: "invalid_input" },
      });
    }
  });

  it.each([
    "SELECT * FROM lake.sample.orders",
    'SELECT * FROM shop.sales.orders JOIN Shop."Sales".items USING (id)',
    "WITH duck AS (FROM lake.sample.orders), a AS (FROM duck) FROM a",
    "SELECT current_date, now(), random(), version(), 'getenv(''HOME'')', \"read_text\" FROM lake.sample.orders",
    "SELECT 'SELECT * FROM read_text(''x'')' AS sql -- FROM read_text('x')",
  ])("is let run where it is none: %s", async (sql) => {
    await expect(readStatement(connection, sql, READABLE)).resolves.toBeDefined();
  });

  it("is offered only functions that the engine has, and none of the kinds that reach out", async () => {
    const found = await connection.runAndReadAll(
      "SELECT DISTINCT lower(function_name), function_type FROM duckdb_functions()",
    );
    const kinds = new Map<string, string[]>();
    for (const [name, kind] of found.getRowsJson())
      kinds.set(String(name), [...(kinds.get(String(name)) ?? []), String(kind)]);
    const madeByTheParser = ["grouping", "overlay", "percentile_cont", "unnest"];
    for (const name of OFFERED_FUNCTIONS) {
      const own = kinds.get(name) ?? [];
      const isComputed = own.some((kind) => ["scalar", "aggregate", "macro"].includes(kind));
      expect(isComputed || madeByTheParser.includes(name), name).toBe(true);
      expect(name).not.toMatch(
        /^(read_|duckdb_|pragma_|postgres_|parquet_|iceberg_|sniff_|glob$|query|getenv)/,
      );
    }
    for (const name of OFFERED_TABLE_FUNCTIONS) expect(kinds.has(name), name).toBe(true);
  });
});
