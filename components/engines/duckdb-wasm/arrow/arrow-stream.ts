import { tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { END_OF_STREAM } from "@/domain/query/result-spool";
import { Failure } from "@/domain/shared/failure";

/** An Arrow IPC stream taken apart: its schema message, and what follows it, message by message (dictionaries too). */
export type ArrowStream = { schema: Uint8Array; messages: Uint8Array[] };

const FILE_MAGIC = "ARROW1";
const CONTINUATION = 0xffffffff;

const RECORD_BATCH = 3;

/** A field of a flatbuffer's table, by its place in the vtable: where it lies, or 0 where it is absent. */
function slot(view: DataView, table: number, place: number): number {
  const fields = table - view.getInt32(table, true);
  const offset = view.getUint16(fields, true) > place ? view.getUint16(fields + place, true) : 0;
  return offset === 0 ? 0 : table + offset;
}

function bodyLength(head: DataView): number {
  const at = slot(head, head.getInt32(0, true), 10);
  return at === 0 ? 0 : Number(head.getBigInt64(at, true));
}

function headOf(bytes: Uint8Array, at: number): { start: number; view: DataView; isEnd: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  const prefix = view.getUint32(0, true) === CONTINUATION ? 8 : 4;
  const length = view.getInt32(prefix - 4, true);
  if (length <= 0) return { start: at + prefix, view, isEnd: true };
  const head = new DataView(bytes.buffer, bytes.byteOffset + at + prefix, length);
  return { start: at + prefix + length, view: head, isEnd: false };
}

/** Rows of a message that is a record batch; 0 for any other. */
export function rowsOfMessage(message: Uint8Array): number {
  const { view, isEnd } = headOf(message, 0);
  if (isEnd) return 0;
  const table = view.getInt32(0, true);
  const kind = slot(view, table, 6);
  const header = slot(view, table, 8);
  if (kind === 0 || header === 0 || view.getUint8(kind) !== RECORD_BATCH) return 0;
  const rows = slot(view, header + view.getInt32(header, true), 4);
  return rows === 0 ? 0 : Number(view.getBigInt64(rows, true));
}

/**
 * The messages of an Arrow IPC stream or file, or of a part of one, without the mark at the end; views, not copies.
 * Failures: `invalid_input` where the bytes are no Arrow.
 */
export function arrowMessages(bytes: Uint8Array): Uint8Array[] {
  const messages: Uint8Array[] = [];
  try {
    for (let at = firstMessage(bytes); at + 8 <= bytes.length; ) {
      const { start, view, isEnd } = headOf(bytes, at);
      if (isEnd) break;
      const end = start + bodyLength(view);
      if (end > bytes.length) throw new RangeError("a message is cut off");
      messages.push(bytes.subarray(at, end));
      at = end;
    }
  } catch (cause) {
    throw new Failure("invalid_input", "The bytes are not a whole Arrow stream.", { cause });
  }
  return messages;
}

/** Parts a whole stream or file into its schema and what follows. Failures: `invalid_input`. */
export function splitArrow(bytes: Uint8Array): ArrowStream {
  const [schema, ...messages] = arrowMessages(bytes);
  if (schema === undefined) {
    throw new Failure("invalid_input", "The bytes are not an Arrow stream or file.");
  }
  return { schema, messages };
}

const firstMessage = (bytes: Uint8Array): number =>
  new TextDecoder("latin1").decode(bytes.subarray(0, FILE_MAGIC.length)) === FILE_MAGIC ? 8 : 0;

/** One whole Arrow IPC stream. */
export function joinArrow(schema: Uint8Array, messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes([schema, ...messages, END_OF_STREAM]);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The schema message with other names for its columns, in their order; the messages after it go with either. */
export function renameColumns(schema: Uint8Array, names: readonly string[]): Uint8Array {
  const empty = tableFromIPC(joinArrow(schema, []));
  const fields = empty.schema.fields.map((field, at) => ({ ...field, name: names[at] ?? field.name }));
  Object.assign(empty.schema, { fields });
  return splitArrow(tableToIPC(empty, { format: "stream" }) as Uint8Array).schema;
}
