import { Column, columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaElement,
  type SchemaTree,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { Failure } from "@/domain/shared/failure";
import { converted, isText, type ParquetField, parquetField } from "./parquet-field";

type NamedField = ParquetField & { name: string };

/**
 * The rows of a Parquet file as Arrow IPC streams, one for each row group, every value exact.
 * Failures: `invalid_input` for a broken file and for types that cannot be carried exactly.
 */
export async function* parquetToArrow(file: AsyncBuffer): AsyncGenerator<Uint8Array> {
  let isTouched = false;
  try {
    const metadata = await parquetMetadataAsync(file, { geoparquet: false });
    const fields = parquetSchema(metadata).children.map((node) => ({
      name: node.element.name,
      ...parquetField(node),
    }));
    if (fields.length === 0) throw new Failure("invalid_input", "The Parquet file has no columns.");
    const raw = withoutTypes(metadata);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      if (rowEnd > rowStart) {
        yield await readRows(file, raw, fields, rowStart, rowEnd);
        isTouched = true;
      }
      rowStart = rowEnd;
    }
    if (!isTouched) yield arrowOf(fields, new Map(), 0);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("invalid_input", `The Parquet file cannot be read: ${reason}`, { cause });
  }
}

/**
 * The leaves lose what they mean, so that the reader gives their values as they lie in the file. Text that is the key of a
 * map keeps it: the reader makes names of an object of it.
 */
function withoutTypes(metadata: FileMetaData): FileMetaData {
  const keys = textKeys(parquetSchema(metadata));
  return {
    ...metadata,
    schema: metadata.schema.map((element) => {
      if ((element.num_children ?? 0) > 0 || keys.has(element)) return element;
      const { converted_type: _, logical_type: __, ...rest } = element;
      return rest;
    }),
  };
}

function textKeys(node: SchemaTree, found = new Set<SchemaElement>()): Set<SchemaElement> {
  const isMap = node.element.converted_type === "MAP" || node.element.logical_type?.type === "MAP";
  const key = isMap ? node.children[0]?.children[0] : undefined;
  if (key !== undefined && isText(key.element)) found.add(key.element);
  for (const child of node.children) textKeys(child, found);
  return found;
}

async function readRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  fields: readonly NamedField[],
  rowStart: number,
  rowEnd: number,
): Promise<Uint8Array> {
  const values = new Map<string, unknown[]>(fields.map(({ name }) => [name, new Array(rowEnd - rowStart)]));
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors,
    utf8: false,
    geoparquet: false,
    parsers: { timestampFromNanoseconds: (nanos) => nanos, stringFromBytes: textOf },
    onChunk({ columnName, columnData, rowStart: first }) {
      const column = values.get(columnName);
      if (column === undefined) return;
      for (let at = 0; at < columnData.length; at += 1) {
        const row = first + at - rowStart;
        if (row >= 0 && row < column.length) column[row] = columnData[at];
      }
    },
  });
  return arrowOf(fields, values, rowEnd - rowStart);
}

const decoder = new TextDecoder();
const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

function arrowOf(fields: readonly NamedField[], values: Map<string, unknown[]>, rows: number): Uint8Array {
  const columns = fields.map(({ name, convert, storage, type }): [string, Column<unknown>] => {
    const given = values.get(name) ?? [];
    const cells = Array.from({ length: rows }, (_, row) => converted(convert, given[row]));
    const column = columnFromArray(cells, storage) as Column<unknown>;
    return [name, new Column([...column.data], type)];
  });
  return tableToIPC(tableFromColumns(columns), { format: "stream" }) as Uint8Array;
}
