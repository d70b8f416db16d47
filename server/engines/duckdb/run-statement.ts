import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ParquetWritten } from "../../../domain/ports/query-engine";
import type { Cell, Rows } from "../../../domain/ports/rows";
import { quotedName } from "../../../domain/shared/quoted-name";
import { text } from "./quoting";

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

/** Writes the result of a SELECT to `partialPath`, flushes it to the disk and renames it to `path`; an object at once. */
export async function writeParquetFile(
  connection: DuckDBConnection,
  { sql, path, partialPath }: { sql: string; path: string; partialPath: string | null },
): Promise<ParquetWritten> {
  await connection.run(`CREATE TEMP VIEW result AS ${sql}`);
  const described = await connection.runAndReadAll("DESCRIBE FROM temp.main.result");
  const columns = described.getRowsJson().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const copied = await connection.runAndReadAll(
    `COPY (FROM temp.main.result) TO ${text(partialPath ?? path)}
     (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows(columns.length)},
      USE_TMP_FILE false, RETURN_STATS true${fieldIds(columns)})`,
  );
  const stats = copied.getRowObjectsJson()[0];
  if (partialPath !== null) await publish(partialPath, path);
  return { rowCount: Number(stats?.count ?? 0), bytes: Number(stats?.file_size_bytes ?? 0), columns };
}

/** DuckDB's own number of rows, fewer for many columns: who rewrites the file holds whole row groups in memory. */
const rowGroupRows = (columns: number): number =>
  Math.max(2048, Math.min(122_880, Math.floor(4_000_000 / columns)));

/**
 * The option that numbers the columns as a new table numbers them, so that the lake takes the file as it is.
 * Nothing where a column is nested: the lake numbers its parts.
 */
function fieldIds(columns: readonly { name: string; type: string }[]): string {
  if (columns.some(({ type }) => /^(STRUCT|MAP|UNION)\(|\]$/.test(type))) return "";
  return `, FIELD_IDS {${columns.map(({ name }, at) => `${quotedName(name)}: ${at + 1}`).join(", ")}}`;
}

function toCell(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return type.startsWith("TIMESTAMP") ? isoTimestamp(value) : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

/** `2024-01-01 10:00:00+00` becomes `2024-01-01T10:00:00Z`; without a zone it stays without. */
const isoTimestamp = (value: string): string => value.replace(" ", "T").replace(/\+00(:00)?$/, "Z");

async function publish(partialPath: string, path: string): Promise<void> {
  await flush(partialPath);
  await rename(partialPath, path);
  await flush(dirname(path));
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
