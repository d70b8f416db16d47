import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  bool,
  type Column,
  columnFromArray,
  type DataType,
  float64,
  int32,
  int64,
  Table,
  tableFromColumns,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import type { Cell } from "../../../domain/ports/rows";
import type { ResultColumn } from "../../../domain/query/result-column";
import {
  END_OF_STREAM,
  SPOOL_FILES,
  type SpoolChunk,
  type SpoolEnd,
  type SpoolHead,
} from "../../../domain/query/result-spool";

/** Writes rows as a result spool, `rowsPerChunk` at a time. `INTEGER`, `BIGINT`, `DOUBLE` and `BOOLEAN` are typed, all else is text. */
export async function writeSpool(
  folder: string,
  columns: ResultColumn[],
  rows: Cell[][],
  rowsPerChunk: number,
): Promise<SpoolEnd> {
  await mkdir(folder, { recursive: true });
  const { schema } = messagesOf(columns, []);
  const head: SpoolHead = { schemaBytes: schema.length, columns };
  const lines: (SpoolHead | SpoolChunk)[] = [head];
  const parts = [schema];
  let offset = schema.length;
  for (let firstRow = 0; firstRow < rows.length; firstRow += rowsPerChunk) {
    const some = rows.slice(firstRow, firstRow + rowsPerChunk);
    const { batches } = messagesOf(columns, some);
    lines.push({ offset, bytes: batches.length, firstRow, rows: some.length });
    parts.push(batches);
    offset += batches.length;
  }
  const end: SpoolEnd = { rows: rows.length, bytes: offset };
  await writeFile(join(folder, SPOOL_FILES.data), Buffer.concat([...parts, END_OF_STREAM]));
  await writeFile(join(folder, SPOOL_FILES.index), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await writeFile(join(folder, SPOOL_FILES.end), JSON.stringify(end));
  return end;
}

/** The schema message of a table, and its batches without the end-of-stream mark. */
function messagesOf(columns: ResultColumn[], rows: Cell[][]): { schema: Uint8Array; batches: Uint8Array } {
  const plain = tableFromColumns(
    columns.map((column, index) => [`c${index}`, arrowColumn(column, rows, index)]),
  );
  const fields = plain.schema.fields.map((field, index) => ({
    ...field,
    name: columns[index]?.name ?? "",
    metadata: new Map([["benchwright.type", columns[index]?.type ?? ""]]),
  }));
  const stream = tableToIPC(new Table({ ...plain.schema, fields }, plain.children), { format: "stream" });
  if (stream === null) throw new Error("flechette gave no stream");
  const schemaBytes = 8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  const batches = rows.length === 0 ? new Uint8Array() : stream.slice(schemaBytes, -END_OF_STREAM.length);
  return { schema: stream.slice(0, schemaBytes), batches };
}

const TYPES: Record<string, { type: () => DataType; value: (cell: string | number | boolean) => unknown }> = {
  INTEGER: { type: int32, value: Number },
  BIGINT: { type: int64, value: BigInt },
  DOUBLE: { type: float64, value: Number },
  BOOLEAN: { type: bool, value: Boolean },
};

function arrowColumn({ type }: ResultColumn, rows: Cell[][], index: number): Column<unknown> {
  const { type: arrow, value } = TYPES[type.toUpperCase()] ?? { type: utf8, value: String };
  const cells = rows.map((row) => {
    const cell = row[index] ?? null;
    return cell === null ? null : value(cell);
  });
  return columnFromArray(cells, arrow()) as Column<unknown>;
}
