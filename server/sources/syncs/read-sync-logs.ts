import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import type { SyncLogLine } from "../../../domain/sources/sync-view";
import { requireRole } from "../../workspaces/index";
import { ownSync, type SourceScope } from "../source-scope";
import type { StoredSync } from "../sync-store";

const LOOK_MS = 300;
const MOST_LINES = 2_000;

export const SyncLogsInput = z.object({
  syncId: z.string(),
  /** Of one stream; of all, by time, where it is absent. */
  stream: z.string().optional(),
  /** Only lines of `stream` after this one. */
  afterSeq: z.number().int().min(-1).optional(),
  limit: z.number().int().min(1).max(5_000).default(1_000),
});

/** Log lines of a sync, oldest first. */
export async function readSyncLogs(
  scope: SourceScope,
  { syncId, stream, afterSeq, limit }: z.infer<typeof SyncLogsInput>,
): Promise<SyncLogLine[]> {
  requireRole(scope, "viewer");
  requireStream(await ownSync(scope, syncId), stream);
  if (afterSeq !== undefined && stream === undefined) {
    throw new Failure("invalid_input", "Lines are counted in each stream: name the stream with afterSeq.");
  }
  return scope.syncs.logLines({ syncId, stream, afterSeq, limit });
}

export const SyncLogLinesInput = z.object({
  syncId: z.string(),
  stream: z.string().optional(),
  /** Id of the last batch that arrived: the stream goes on behind it. */
  lastEventId: z.string().nullish(),
});

export type SyncLogBatch = { id: string; lines: SyncLogLine[] };

/** Log lines in batches as they appear, each line once, until all that is asked for has ended or `signal` aborts. */
export async function* followSyncLogs(
  scope: SourceScope,
  { syncId, stream, lastEventId }: z.infer<typeof SyncLogLinesInput>,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): AsyncGenerator<SyncLogBatch> {
  requireRole(scope, "viewer");
  const after = readPlace(lastEventId);
  while (!signal.aborted) {
    // The state is read before the lines: whatever was written before the end is then among them.
    const sync = await ownSync(scope, syncId);
    requireStream(sync, stream);
    const names = stream === undefined ? sync.streams.map((each) => each.name) : [stream];
    const pages = await newPages(scope, syncId, names, after);
    const lines = pages.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
    if (lines.length > 0) yield { id: JSON.stringify(after), lines };
    if (pages.some((page) => page.length === MOST_LINES)) continue;
    if (hasEnded(sync, stream)) return;
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

/** The next lines of each stream; `after` moves behind them. */
async function newPages(
  scope: SourceScope,
  syncId: string,
  names: readonly string[],
  after: Record<string, number>,
): Promise<SyncLogLine[][]> {
  const pages: SyncLogLine[][] = [];
  for (const name of names) {
    const page = await scope.syncs.logLines({
      syncId,
      stream: name,
      afterSeq: after[name],
      limit: MOST_LINES,
    });
    after[name] = page.at(-1)?.seq ?? after[name] ?? -1;
    pages.push(page);
  }
  return pages;
}

const hasEnded = (sync: StoredSync, stream: string | undefined): boolean =>
  stream === undefined
    ? isFinal(sync.status)
    : sync.streams.some((each) => each.name === stream && isFinal(each.status));

function requireStream(sync: StoredSync, stream: string | undefined): void {
  if (stream === undefined || sync.streams.some((each) => each.name === stream)) return;
  throw new Failure("not_found", `There is no stream ${stream} in this sync.`, {
    hint: `Its streams: ${sync.streams
      .map((each) => each.name)
      .slice(0, 30)
      .join(", ")}.`,
  });
}

/** How far each stream has been read. */
function readPlace(lastEventId: string | null | undefined): Record<string, number> {
  try {
    return z.record(z.string(), z.number()).parse(JSON.parse(lastEventId ?? "{}"));
  } catch {
    return {};
  }
}
