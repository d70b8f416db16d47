import { open, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { ParquetWritten } from "../../../domain/ports/query-engine";
import type { Cell, Rows } from "../../../domain/ports/rows";
import { parseTableName } from "../../../domain/ports/table-name";
import { checkStatement } from "./check-statement";
import type { DuckdbProblem, DuckdbWork } from "./duckdb-messages";

export type StatementWork = Exclude<DuckdbWork, { kind: "health" }>;

/** A problem found before DuckDB saw the statement. */
export class StatementRefused extends Error {
  constructor(readonly problem: DuckdbProblem) {
    super(problem.message);
  }
}

/**
 * Opens an instance of its own for one statement: in memory, with the tables as views, locked so that nothing but the
 * tables' files and the one file to write can be reached.
 */
export async function openSandbox(
  work: StatementWork,
): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const { limits } = work;
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${limits.memoryLimitBytes}B`,
    threads: String(limits.threads),
    temp_directory: limits.tempDir,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const files = work.tables.flatMap((table) => table.uris);
    if (work.kind === "writeParquet") files.push(work.partialPath);
    await connection.run(
      `SET TimeZone = 'UTC'; SET allowed_paths = [${files.map(text).join(", ")}]; SET enable_external_access = false`,
    );
    for (const statement of viewStatements(work.tables)) await connection.run(statement);
    await connection.run("SET lock_configuration = true");
    await refuseUnlessSelect(connection, work);
    return { connection, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Runs a SELECT and keeps the first `limit` rows. */
export async function readRows(connection: DuckDBConnection, sql: string, limit: number): Promise<Rows> {
  const result = await connection.stream(sql);
  const names = result.deduplicatedColumnNames();
  const columns = result
    .columnTypes()
    .map((type, index) => ({ name: names[index] ?? "", type: String(type) }));
  const rows: Cell[][] = [];
  for await (const batch of result.yieldRowsJson()) {
    for (const row of batch) {
      if (rows.length === limit) return { columns, rows, truncated: true };
      rows.push(row.map((value, index) => toCell(value, columns[index]?.type ?? "")));
    }
  }
  return { columns, rows, truncated: false };
}

/** Writes the result of a SELECT to `partialPath`, flushes it to the disk and renames it to `path`. */
export async function writeParquetFile(
  connection: DuckDBConnection,
  { sql, path, partialPath }: { sql: string; path: string; partialPath: string },
): Promise<ParquetWritten> {
  await connection.run(`CREATE TEMP VIEW result AS ${sql}`);
  const described = await connection.runAndReadAll("DESCRIBE FROM temp.main.result");
  const columns = described.getRowsJson().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const copied = await connection.runAndReadAll(
    `COPY (FROM temp.main.result) TO ${text(partialPath)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
  );
  await flush(partialPath);
  const { size } = await stat(partialPath);
  await rename(partialPath, path);
  await flush(dirname(path));
  return { rowCount: Number(copied.getRowsJson()[0]?.[0] ?? 0), bytes: size, columns };
}

async function refuseUnlessSelect(connection: DuckDBConnection, work: StatementWork): Promise<void> {
  if (work.sql.trim() === "")
    throw new StatementRefused({ code: "invalid_input", message: "The statement is empty." });
  const parsed = await connection.runAndReadAll(
    "SELECT json_serialize_sql($sql::VARCHAR, skip_null := true, skip_empty := true)",
    { sql: work.sql },
  );
  const problem = checkStatement(
    JSON.parse(String(parsed.getRowsJson()[0]?.[0])),
    work.tables.map((table) => table.name),
  );
  if (problem !== null) throw new StatementRefused(problem);
}

function* viewStatements(tables: StatementWork["tables"]): Iterable<string> {
  const made = new Set<string>();
  const once = function* (statement: string) {
    if (!made.has(statement)) yield statement;
    made.add(statement);
  };
  for (const { name, uris } of tables) {
    const { catalog, schema, table } = parseTableName(name);
    yield* once(`ATTACH ':memory:' AS ${quoted(catalog)}`);
    yield* once(`CREATE SCHEMA IF NOT EXISTS ${quoted(catalog)}.${quoted(schema)}`);
    const files = `read_parquet([${uris.map(text).join(", ")}], union_by_name = true)`;
    yield* once(`CREATE VIEW ${[catalog, schema, table].map(quoted).join(".")} AS SELECT * FROM ${files}`);
  }
  const catalogs = [...new Set(tables.map((table) => parseTableName(table.name).catalog))];
  const order = ["lake", "analytics"].filter((it) => catalogs.includes(it));
  const searched = [...order, ...catalogs.filter((it) => !order.includes(it)), "memory"];
  yield `SET search_path = ${text(searched.map(quoted).join(","))}`;
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

function toCell(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return type.startsWith("TIMESTAMP") ? isoTimestamp(value) : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

/** `2024-01-01 10:00:00+00` becomes `2024-01-01T10:00:00Z`; without a zone it stays without. */
const isoTimestamp = (value: string): string => value.replace(" ", "T").replace(/\+00(:00)?$/, "Z");

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
