import { createRequire } from "node:module";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Cell } from "../../../domain/ports/rows";
import type { ResultColumn } from "../../../domain/query/result-column";

export type Asked = { run(sql: string): Promise<void>; ask(sql: string): Promise<Cell[][]>; close(): void };

/** As the server gives the answers: 64-bit integers as text. */
const toCell = (value: unknown): Cell =>
  value === undefined || value === null ? null : typeof value === "bigint" ? String(value) : (value as Cell);

export async function onServer(): Promise<Asked> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async ask(sql) {
      const answer = await connection.runAndReadAll(sql);
      return answer.getRows().map((row) => row.map(toCell));
    },
    close: () => connection.closeSync(),
  };
}

/** The engine of the page is older, and has no extension: no time zones, no JSON. */
export async function inThePage(): Promise<Asked> {
  const load = createRequire(import.meta.url);
  const path = load.resolve("@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs");
  const wasm = load(path) as typeof import("@duckdb/duckdb-wasm/blocking");
  const bundle = { mainModule: join(path, "../duckdb-eh.wasm"), mainWorker: "" };
  const database = await wasm.createDuckDB(
    { mvp: bundle, eh: bundle },
    new wasm.VoidLogger(),
    wasm.NODE_RUNTIME,
  );
  await database.instantiate(() => undefined);
  database.open({});
  const connection = database.connect();
  connection.query("SET autoinstall_known_extensions = false");
  connection.query("SET autoload_known_extensions = false");
  return {
    async run(sql) {
      connection.query(sql);
    },
    async ask(sql) {
      const table = connection.query(sql);
      return table
        .toArray()
        .map((row) => table.schema.fields.map((_, index) => toCell([...row][index]?.[1])));
    },
    close: () => connection.close(),
  };
}

export const COLUMNS: ResultColumn[] = [
  { name: "id", type: "BIGINT" },
  { name: "id", type: "VARCHAR" },
  { name: 'am"ount', type: "DECIMAL(38,10)" },
  { name: "share", type: "DOUBLE" },
  { name: "at", type: "TIMESTAMP WITH TIME ZONE" },
  { name: "day", type: "DATE" },
  { name: "isNew", type: "BOOLEAN" },
  { name: "tags", type: "INTEGER[]" },
  { name: "nothing", type: "DOUBLE" },
  { name: "clock", type: "TIME" },
];
const RESULT = `
CREATE TABLE result AS SELECT * FROM (VALUES
  (9007199254740993, 'it''s',  1.0000000001, 0.5,            TIMESTAMPTZ '2026-11-21 06:41:07.123456+00', DATE '2026-11-21', true,  [1, 2], NULL::DOUBLE, TIME '06:00:00'),
  (9007199254740992, '',       NULL,         'NaN'::DOUBLE,  TIMESTAMPTZ '2026-11-21 08:41:07+02:00',     DATE '2026-11-20', false, NULL,   NULL,         NULL),
  (-9223372036854775808, NULL, -2.5,         '-Infinity',    NULL,                                        DATE '1969-12-31', NULL,  [],     NULL,         TIME '06:00:00'),
  (NULL, 'Žluť "q", %_',       0,            NULL,           TIMESTAMPTZ '1969-12-31 23:59:59+00',        NULL,              true,  [3],    NULL,         NULL),
  (7, 'IT',                    3,            -1.5,           TIMESTAMPTZ '2026-12-31 00:00:00+00',        DATE '2026-11-21', true,  [1, 2], NULL,         NULL)
) AS t(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9);
ALTER TABLE result ADD COLUMN row_number BIGINT;
UPDATE result SET row_number = rowid;
ALTER TABLE result ALTER c2 TYPE DECIMAL(38,10);`;

/** Of `many.result`, 100,000 rows. */
export const MANY: ResultColumn[] = [
  { name: "n", type: "BIGINT" },
  { name: "name", type: "VARCHAR" },
  { name: "wave", type: "DOUBLE" },
  { name: "at", type: "TIMESTAMP" },
];

/** Makes the tables `result`, `empty.result` and `many.result`. */
export async function makeResults(engine: Asked): Promise<void> {
  for (const statement of RESULT.split(";")) {
    if (statement.trim() !== "") await engine.run(statement);
  }
  await engine.run("CREATE SCHEMA empty; CREATE SCHEMA many");
  await engine.run("CREATE TABLE empty.result AS SELECT * FROM main.result LIMIT 0");
  await engine.run(
    "CREATE TABLE many.result AS SELECT i AS c0, 's' || (i % 9) AS c1, CASE WHEN i = 77777 THEN 1000.0 ELSE sin(i / 1000) END AS c2," +
      " TIMESTAMP '2026-01-01' + to_minutes(CAST(i AS INTEGER)) AS c3, i AS row_number FROM range(100000) AS t(i)",
  );
}
