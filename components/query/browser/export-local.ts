import type { Column, Table } from "@uwdata/flechette";
import { distinctNames } from "@/components/engines/duckdb-wasm/tables/table-names";
import type { ResultColumn } from "@/domain/query/result-column";
import { END_OF_STREAM } from "@/domain/query/result-spool";
import { type ArrowBatch, kindOf, resolveValue } from "../results/cells/arrow-value";
import { cellText, jsonText } from "../results/cells/cell-text";
import { jsonCell } from "./arrow-cells";

/** Tables of all rows of a result in their order. */
export type Windows = AsyncIterable<Table>;

const TYPES = { csv: "text/csv", json: "application/x-ndjson" } as const;

/**
 * The rows as CSV (RFC 4180; NULL is nothing, an empty text is `""`, nested values are JSON) or as an object of JSON a line
 * (64-bit integers, decimals and times as text), as the server writes them.
 */
export async function exportText(
  format: "csv" | "json",
  columns: readonly ResultColumn[],
  windows: Windows,
  signal: AbortSignal,
): Promise<Blob> {
  const names = columns.map(({ name }) => name);
  const keys = distinctNames(names).map((name) => JSON.stringify(name));
  const parts: Blob[] = format === "csv" ? [new Blob([`${names.map(quoted).join(",")}\r\n`])] : [];
  for await (const table of windows) {
    signal.throwIfAborted();
    const text = format === "csv" ? csvLines(table) : jsonLines(table, keys);
    // A blob may lie on disk; a long text would lie in the page.
    parts.push(new Blob([text]));
  }
  return new Blob(parts, { type: TYPES[format] });
}

/** The rows as an Arrow IPC stream. */
export const exportArrow = (schema: Uint8Array, messages: Iterable<Uint8Array>): Blob =>
  new Blob([schema, ...messages, END_OF_STREAM] as BlobPart[], {
    type: "application/vnd.apache.arrow.stream",
  });

const quoted = (text: string): string =>
  text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function csvLines(table: Table): string {
  let lines = "";
  eachRow(table, (row) => {
    lines += `${row.map(({ batch, index }) => csvCell(batch, index)).join(",")}\r\n`;
  });
  return lines;
}

function csvCell(batch: ArrowBatch, index: number): string {
  const { kind, text } = cellText(batch, index);
  return kind === "null" ? "" : kind === "number" || kind === "boolean" ? text : quoted(text);
}

function jsonLines(table: Table, keys: readonly string[]): string {
  let lines = "";
  eachRow(table, (row) => {
    lines += `{${row.map(({ batch, index }, at) => `${keys[at]}:${jsonValue(batch, index)}`).join(",")}}\n`;
  });
  return lines;
}

function jsonValue(batch: ArrowBatch, index: number): string {
  const found = resolveValue(batch, index);
  if (found === null) return "null";
  return kindOf(found.batch.type) === "nested"
    ? jsonText(found.batch, found.index)
    : JSON.stringify(jsonCell(found.batch, found.index));
}

type Place = { batch: ArrowBatch; index: number };

/** Every batch of a table has the same rows in all columns. */
function eachRow(table: Table, write: (row: Place[]) => void): void {
  const columns = table.children as Column<unknown>[];
  for (const [at, first] of (columns[0]?.data ?? []).entries()) {
    const batches = columns.map((column) => column.data[at] as ArrowBatch);
    for (let index = 0; index < first.length; index += 1) write(batches.map((batch) => ({ batch, index })));
  }
}
