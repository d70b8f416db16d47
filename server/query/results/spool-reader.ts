import { open } from "node:fs/promises";
import { join } from "node:path";
import type { ResultColumn } from "../../../domain/query/result-column";
import { END_OF_STREAM, SPOOL_FILES } from "../../../domain/query/result-spool";
import { Failure } from "../../../domain/shared/failure";
import { gone, type SpoolIndex, spoolIndex } from "./spool-index";

/** A window ends with the chunk that takes it past this, however many rows were asked for. */
const WINDOW_BYTES = 32 * 1024 * 1024;
/** A chunk of few and long rows may be larger still; past this it is not brought into memory. */
const MOST_BYTES = 256 * 1024 * 1024;

export type SpoolSummary = {
  columns: ResultColumn[];
  /** Rows that can be read now. */
  totalRows: number;
  isComplete: boolean;
};

/** Whole chunks around the rows asked for: `bytes` is an Arrow IPC stream of the rows `[firstRow, firstRow + rows)`. */
export type SpoolWindow = SpoolSummary & { firstRow: number; rows: number; bytes: Uint8Array };

/** Failures: `not_found`. */
export async function readSummary(folder: string): Promise<SpoolSummary> {
  return summaryOf(await spoolIndex(folder));
}

/**
 * Rows `[offset, offset + limit)` of the result in `folder`, and those beside them in the same chunks. It may hold fewer:
 * the result may have no more, or not yet, or they may be too large for one window; behind the last row it is empty, with
 * `firstRow` at the end. A result that still grows is read as far as it goes.
 *
 * Failures: `not_found` where the result was let go, and, retryable, where its statement has no columns yet;
 * `resource_exhausted` where a single chunk is too large.
 */
export async function readWindow(folder: string, offset: number, limit: number): Promise<SpoolWindow> {
  const index = await spoolIndex(folder);
  const { from, to } = chunksOf(index, offset, limit);
  const firstRow = index.starts[from] ?? 0;
  return {
    ...summaryOf(index),
    firstRow,
    rows: (index.starts[to] ?? 0) - firstRow,
    bytes: await readChunks(folder, index, from, to),
  };
}

const summaryOf = (index: SpoolIndex): SpoolSummary => ({
  columns: index.head.columns,
  totalRows: index.starts.at(-1) ?? 0,
  isComplete: index.isComplete,
});

/** Chunks `[from, to)` that hold rows of the window. */
function chunksOf(index: SpoolIndex, offset: number, limit: number): { from: number; to: number } {
  const last = index.offsets.length;
  const total = index.starts[last] ?? 0;
  if (limit <= 0 || offset >= total) {
    const from = offset >= total ? last : chunkOf(index.starts, offset);
    return { from, to: from };
  }
  const from = chunkOf(index.starts, Math.max(0, offset));
  const end = offset + limit;
  let to = from + 1;
  let size = index.bytes[from] ?? 0;
  while (to < last && (index.starts[to] ?? 0) < end && size < WINDOW_BYTES) {
    size += index.bytes[to] ?? 0;
    to += 1;
  }
  return { from, to };
}

/** The chunk that holds `row`: the last whose start is not behind it. */
function chunkOf(starts: number[], row: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

async function readChunks(folder: string, index: SpoolIndex, from: number, to: number): Promise<Uint8Array> {
  const { schemaBytes } = index.head;
  const start = index.offsets[from] ?? 0;
  const size = to === from ? 0 : (index.offsets[to - 1] ?? 0) + (index.bytes[to - 1] ?? 0) - start;
  if (size > MOST_BYTES)
    throw new Failure("resource_exhausted", "These rows are too large to be shown.", {
      hint: "Export the result, or leave out columns.",
    });
  const bytes = new Uint8Array(schemaBytes + size + END_OF_STREAM.length);
  try {
    const file = await open(join(folder, SPOOL_FILES.data));
    try {
      await readFully(file, bytes.subarray(0, schemaBytes), 0);
      await readFully(file, bytes.subarray(schemaBytes, schemaBytes + size), start);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw gone(error);
  }
  bytes.set(END_OF_STREAM, schemaBytes + size);
  return bytes;
}

async function readFully(
  file: {
    read: (into: Uint8Array, at: number, length: number, position: number) => Promise<{ bytesRead: number }>;
  },
  into: Uint8Array,
  position: number,
): Promise<void> {
  let read = 0;
  while (read < into.length) {
    const { bytesRead } = await file.read(into, read, into.length - read, position + read);
    if (bytesRead === 0) throw new Error("The spool is shorter than its index says.");
    read += bytesRead;
  }
}
