import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  bool,
  type Column,
  columnFromArray,
  type DataType,
  decimal,
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

export type MemorySpool = {
  append(rows: Cell[][]): Promise<void>;
  /** Says that the result is whole. */
  end(): Promise<void>;
  kept(): SpoolEnd;
};

/** Begins a result spool. `INTEGER`, `BIGINT`, `DOUBLE`, `BOOLEAN` and `DECIMAL(…)` are typed, all else is text. */
export async function openSpool(folder: string, columns: ResultColumn[]): Promise<MemorySpool> {
  await mkdir(folder, { recursive: true });
  const data = join(folder, SPOOL_FILES.data);
  const index = join(folder, SPOOL_FILES.index);
  const { schema } = messagesOf(columns, []);
  const head: SpoolHead = { schemaBytes: schema.length, columns };
  await writeFile(data, schema);
  await writeFile(index, `${JSON.stringify(head)}\n`);
  let rows = 0;
  let bytes = schema.length;
  return {
    async append(some) {
      const { batches } = messagesOf(columns, some);
      await appendFile(data, batches);
      const chunk: SpoolChunk = { offset: bytes, bytes: batches.length, firstRow: rows, rows: some.length };
      await appendFile(index, `${JSON.stringify(chunk)}\n`);
      rows += some.length;
      bytes += batches.length;
    },
    async end() {
      await appendFile(data, END_OF_STREAM);
      await writeFile(join(folder, SPOOL_FILES.end), JSON.stringify({ rows, bytes } satisfies SpoolEnd));
    },
    kept: () => ({ rows, bytes }),
  };
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

type ArrowType = { type: () => DataType; value: (cell: string | number | boolean) => unknown };

const TYPES: Record<string, ArrowType> = {
  INTEGER: { type: int32, value: Number },
  BIGINT: { type: int64, value: BigInt },
  DOUBLE: { type: float64, value: Number },
  BOOLEAN: { type: bool, value: Boolean },
};

function decimalOf(type: string): ArrowType | null {
  const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/i.exec(type) ?? [];
  if (precision === undefined || scale === undefined) return null;
  const places = Number(scale);
  const toUnits = (cell: string | number | boolean) => {
    const [whole = "0", part = ""] = String(cell).split(".");
    return BigInt(`${whole}${part.padEnd(places, "0")}`);
  };
  return { type: () => decimal(Number(precision), places, 128), value: toUnits };
}

function arrowColumn({ type }: ResultColumn, rows: Cell[][], index: number): Column<unknown> {
  const { type: arrow, value } = TYPES[type.toUpperCase()] ??
    decimalOf(type) ?? { type: utf8, value: String };
  const cells = rows.map((row) => {
    const cell = row[index] ?? null;
    return cell === null ? null : value(cell);
  });
  return columnFromArray(cells, arrow()) as Column<unknown>;
}
