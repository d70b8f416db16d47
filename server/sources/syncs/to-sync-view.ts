import { isFinal } from "../../../domain/shared/is-final";
import { destinationTable } from "../../../domain/sources/destination-table";
import { lagSeconds, streamFigures } from "../../../domain/sources/stream-figures";
import { streamCounts, syncStatus } from "../../../domain/sources/sync-status";
import type { StreamView, SyncSummary, SyncView } from "../../../domain/sources/sync-view";
import type { Freshness, StoredStream, StoredSync } from "../sync-store";

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
/** What was committed was read, even where a crash kept that from being told. */
const rowsOf = (stream: StoredStream) => Math.max(stream.rowsBefore + stream.rows, stream.rowsCommitted);
const bytesOf = (stream: StoredStream) => Math.max(stream.bytesBefore + stream.bytes, stream.bytesCommitted);

const sourceOf = (sync: StoredSync, name: string) => sync.document.streams.find((each) => each.name === name);

/** A sync as lists show it. Between a cancel and the last stream's end the sync's own state counts. */
export function toSyncSummary(sync: StoredSync): SyncSummary {
  const { id, connection, connectionVersion, number, trigger, startedBy, scheduledFor } = sync;
  const statuses = sync.streams.map((each) => each.status);
  const live = syncStatus(statuses);
  const failed = sync.streams
    .filter((each) => each.status === "failed")
    .sort((a, b) => (a.endedAt?.getTime() ?? 0) - (b.endedAt?.getTime() ?? 0));
  return {
    id,
    connection,
    connectionVersion,
    number,
    status: isFinal(sync.status) ? sync.status : isFinal(live) || live === "queued" ? sync.status : live,
    streamCounts: streamCounts(statuses),
    streamStates: sync.streams.map(({ name, status }) => ({
      name,
      namespace: sourceOf(sync, name)?.namespace ?? null,
      status,
    })),
    trigger,
    startedBy,
    scheduledFor,
    createdAt: sync.createdAt,
    startedAt: sync.startedAt,
    endedAt: sync.endedAt,
    rows: sum(sync.streams.map(rowsOf)),
    rowsCommitted: sum(sync.streams.map((each) => each.rowsCommitted)),
    bytes: sum(sync.streams.map(bytesOf)),
    error: failed[0]?.error ?? null,
  };
}

/** A sync as its page shows it. */
export function toSyncView(sync: StoredSync, freshness: readonly Freshness[], now: Date): SyncView {
  const fresh = new Map(
    freshness
      .filter((each) => each.connection === sync.connection)
      .map((each) => [each.stream, each.dataAsOf]),
  );
  return {
    ...toSyncSummary(sync),
    streams: sync.streams.map((stream) => toStreamView(sync, stream, fresh.get(stream.name) ?? null, now)),
  };
}

function toStreamView(sync: StoredSync, stream: StoredStream, dataAsOf: Date | null, now: Date): StreamView {
  const source = sourceOf(sync, stream.name);
  const isRunning = stream.status === "running";
  return {
    name: stream.name,
    namespace: source?.namespace ?? null,
    syncMode: source?.sync_mode ?? "full_refresh",
    status: stream.status,
    attempt: stream.attempt,
    maxAttempts: stream.maxAttempts,
    nextAttemptAt: stream.nextAttemptAt,
    startedAt: stream.startedAt,
    endedAt: stream.endedAt,
    phase: stream.phase,
    rows: rowsOf(stream),
    rowsCommitted: stream.rowsCommitted,
    bytes: bytesOf(stream),
    bytesCommitted: stream.bytesCommitted,
    checkpoints: stream.commits,
    ...streamFigures({
      rows: stream.rows,
      estimatedRows: stream.estimatedRows,
      attemptStartedAt: stream.attemptStartedAt,
      until: stream.endedAt ?? now,
      isRunning,
      isComplete: stream.status === "succeeded",
    }),
    lagSeconds: lagSeconds(dataAsOf, now),
    cursor: stream.cursor,
    table:
      stream.table || (source === undefined ? "" : destinationTable(sync.connection, sync.document, source)),
    snapshotId: stream.snapshotId,
    refresh: stream.refresh,
    error: stream.status === "succeeded" ? null : stream.error,
    schemaChanges: stream.schemaChanges,
  };
}
