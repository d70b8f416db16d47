import type { ResultColumn } from "./result-column";

/**
 * How the rows of a statement are kept on the server while and after it runs: a folder with
 * - `result.arrows`: one Arrow IPC stream, only ever appended to: the schema message, record batches without dictionaries
 *   and without compression, and at the end the end-of-stream mark;
 * - `index.jsonl`: first a line SpoolHead, then for each batch a line SpoolChunk, written after its bytes;
 * - `done.json`: SpoolEnd, written last; without it the result is not complete.
 * A chunk is readable as soon as its line is there: bytes [0, schemaBytes) and [offset, offset + bytes), then the mark, are a
 * whole Arrow stream. Batches hold about 2 MB; the first one is small, so that rows are seen early.
 */
export type SpoolHead = { schemaBytes: number; columns: ResultColumn[] };
export type SpoolChunk = { offset: number; bytes: number; firstRow: number; rows: number };
export type SpoolEnd = { rows: number; bytes: number };

export const SPOOL_FILES = { data: "result.arrows", index: "index.jsonl", end: "done.json" } as const;

/** Ends an Arrow IPC stream: a continuation and a length of 0. */
export const END_OF_STREAM = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
