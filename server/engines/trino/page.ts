import { JsonCursor } from "./arrow/json-cursor";
import type { TypeSignature } from "./arrow/writer-of";

export type TrinoColumn = { name: string; type: string; typeSignature: TypeSignature };

export type TrinoError = {
  message: string;
  errorName: string;
  errorType: "USER_ERROR" | "INTERNAL_ERROR" | "INSUFFICIENT_RESOURCES" | "EXTERNAL";
  errorLocation?: { lineNumber: number; columnNumber: number };
};

export type TrinoStats = {
  state: string;
  queued?: boolean;
  progressPercentage?: number;
  processedRows?: number;
  processedBytes?: number;
  physicalInputBytes?: number;
};

/** An answer of Trino without its rows. */
export type TrinoAnswer = {
  id: string;
  nextUri?: string;
  columns?: TrinoColumn[];
  stats: TrinoStats;
  error?: TrinoError;
};

/** An answer, and a cursor before the array of its rows; null where it brings none. */
export type TrinoPage = { answer: TrinoAnswer; rows: JsonCursor | null };

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COLON = 0x3a;
const COMMA = 0x2c;
const CLOSE_ARRAY = 0x5d;
const NULL = 0x6e;
const STATS = Buffer.from('],"stats":{');

/** Takes an answer apart without reading its rows, whatever the order of its fields. Throws SyntaxError. */
export function readPage(bytes: Uint8Array): TrinoPage {
  const cursor = new JsonCursor(bytes);
  const parts: string[] = [];
  let rows: JsonCursor | null = null;
  cursor.expect(OPEN_OBJECT);
  do {
    const name = cursor.text(cursor.scalar());
    cursor.expect(COLON);
    const isNull = cursor.peek() === NULL;
    const hasRows = name === "data" && !isNull;
    const start = hasRows ? skipRows(cursor) : cursor.skip();
    if (hasRows) rows = at(bytes, start);
    else if (!isNull && name !== "warnings")
      parts.push(`${JSON.stringify(name)}:${text(bytes, start, cursor.at)}`);
  } while (cursor.take(COMMA));
  cursor.expect(CLOSE_OBJECT);
  const answer = JSON.parse(`{${parts.join(",")}}`) as Partial<TrinoAnswer>;
  if (typeof answer.id !== "string" || answer.stats === undefined)
    throw new SyntaxError("This is no answer of Trino.");
  return { answer: answer as TrinoAnswer, rows };
}

function at(bytes: Uint8Array, start: number): JsonCursor {
  const cursor = new JsonCursor(bytes);
  cursor.at = start;
  return cursor;
}

/**
 * Passes over the rows, as `skip` does, but does not look at each: Trino writes `stats` behind them, and what stands behind
 * `stats` has no field of that name.
 */
function skipRows(cursor: JsonCursor): number {
  const { bytes, at: start } = cursor;
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(STATS);
  if (end < start || bytes[end] !== CLOSE_ARRAY) return cursor.skip();
  cursor.at = end + 1;
  return start;
}

const decoder = new TextDecoder();
const text = (bytes: Uint8Array, start: number, end: number): string =>
  decoder.decode(bytes.subarray(start, end));
