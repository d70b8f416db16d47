import { type FileHandle, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { SPOOL_FILES, type SpoolChunk, type SpoolHead } from "../../../domain/query/result-spool";
import { Failure } from "../../../domain/shared/failure";

/** Results whose index is kept in memory: some 24 bytes for each chunk of 2 MB. */
const KEPT_INDEXES = 256;

/** What is known of the chunks of one result. It grows while the statement runs. */
export type SpoolIndex = {
  head: SpoolHead;
  /** Of each chunk; `starts` holds one more, the number of rows so far. */
  offsets: number[];
  bytes: number[];
  starts: number[];
  isComplete: boolean;
};

type Kept = { index: SpoolIndex | null; readTo: number; rest: Buffer; made: string; turn: Promise<unknown> };

const kept = new Map<string, Kept>();

/**
 * The index of the result in `folder`, read on from where the last call ended.
 *
 * Failures: `not_found` where the result was let go, and, retryable, where its statement has no columns yet.
 */
export async function spoolIndex(folder: string): Promise<SpoolIndex> {
  const entry = kept.get(folder) ?? {
    index: null,
    readTo: 0,
    rest: Buffer.alloc(0),
    made: "",
    turn: Promise.resolve(),
  };
  kept.delete(folder);
  kept.set(folder, entry);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_INDEXES) break;
    kept.delete(oldest);
  }
  const turn = entry.turn.then(() => readOn(folder, entry));
  entry.turn = turn.catch(() => undefined);
  try {
    await turn;
  } catch (error) {
    kept.delete(folder);
    throw gone(error);
  }
  if (entry.index === null) {
    throw new Failure("not_found", "The statement has not named its columns yet.", { retryable: true });
  }
  return entry.index;
}

/** No index of this folder is kept any longer: the result is being removed. */
export const forgetSpool = (folder: string): boolean => kept.delete(folder);

async function readOn(folder: string, entry: Kept): Promise<void> {
  const { ino, birthtimeMs } = await stat(join(folder, SPOOL_FILES.data));
  const made = `${ino} ${birthtimeMs}`;
  if (made !== entry.made) Object.assign(entry, { index: null, readTo: 0, rest: Buffer.alloc(0), made });
  if (entry.index?.isComplete) return;
  // Looked for first: what stands in the index after it is whole.
  const isComplete = await exists(join(folder, SPOOL_FILES.end));
  const file = await open(join(folder, SPOOL_FILES.index));
  try {
    await readLines(file, entry);
  } finally {
    await file.close();
  }
  if (entry.index !== null) entry.index.isComplete = isComplete;
}

async function readLines(file: FileHandle, entry: Kept): Promise<void> {
  const { size } = await file.stat();
  const block = Buffer.alloc(Math.max(0, size - entry.readTo));
  const { bytesRead } = await file.read(block, 0, block.length, entry.readTo);
  entry.readTo += bytesRead;
  const text = Buffer.concat([entry.rest, block.subarray(0, bytesRead)]);
  const end = text.lastIndexOf("\n") + 1;
  entry.rest = text.subarray(end);
  for (const line of text.toString("utf8", 0, end).split("\n")) {
    if (line !== "") addLine(entry, line);
  }
}

function addLine(entry: Kept, line: string): void {
  const { index } = entry;
  if (index === null) {
    const head = JSON.parse(line) as SpoolHead;
    entry.index = { head, offsets: [], bytes: [], starts: [0], isComplete: false };
    return;
  }
  const chunk = JSON.parse(line) as SpoolChunk;
  index.offsets.push(chunk.offset);
  index.bytes.push(chunk.bytes);
  index.starts.push(chunk.firstRow + chunk.rows);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** A file that is not there means a result that is not there; anything else stays what it is. */
export function gone(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) return error;
  return new Failure("not_found", "The rows of this result are not kept any longer.", {
    hint: "Run the statement again.",
    cause: error,
  });
}
