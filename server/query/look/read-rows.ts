import { z } from "zod";
import { StreamedAnswer } from "../../http-api/streamed-answer";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { readWindow } from "../results/spool-reader";
import { RunInput } from "../views";
import { keptView, orderFile, readableFolder, readerOf } from "./kept-result";
import { ViewId } from "./open-view";

const MOST_GATHERED = 100_000;

export const ARROW_STREAM = "application/vnd.apache.arrow.stream";

export const ReadRowsInput = RunInput.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000_000).default(1_000),
  view: ViewId.optional(),
});

/**
 * Rows around `offset` as an Arrow IPC stream: `X-First-Row` says which is the first, `X-Rows-Kept` how many there are, and
 * `X-Complete` whether that is the last word.
 */
export async function readRows(
  scope: QueryScope,
  { id, offset, limit, view: viewId }: z.infer<typeof ReadRowsInput>,
): Promise<StreamedAnswer> {
  requireRole(scope, "viewer");
  const folder = await readableFolder(scope, id);
  if (viewId === undefined) {
    const { bytes, firstRow, totalRows, isComplete } = await readWindow(folder, offset, limit);
    return answer(bytes, firstRow, totalRows, isComplete);
  }
  const { rows } = await keptView(folder, viewId);
  const firstRow = Math.min(offset, rows);
  const wanted = Math.min(limit, MOST_GATHERED, rows - firstRow);
  const bytes = await readerOf(scope).gather(folder, orderFile(folder, viewId), firstRow, wanted);
  return answer(bytes, firstRow, rows, true);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const answer = (bytes: Uint8Array, firstRow: number, rows: number, isComplete: boolean): StreamedAnswer =>
  new StreamedAnswer(once(bytes), {
    "Content-Type": ARROW_STREAM,
    "Content-Length": String(bytes.byteLength),
    "Cache-Control": "private, no-store",
    "X-First-Row": String(firstRow),
    "X-Rows-Kept": String(rows),
    "X-Complete": String(isComplete),
  });
