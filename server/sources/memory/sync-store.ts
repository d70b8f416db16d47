import { isFinal } from "../../../domain/shared/is-final";
import type { RunStatus } from "../../../domain/shared/run-status";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import { streamMayBecome, syncStatus } from "../../../domain/sources/sync-status";
import type { SyncLogLine } from "../../../domain/sources/sync-view";
import { refuseOverlap } from "../rows/sync-rows";
import type {
  ActiveSync,
  NewSync,
  StoredStream,
  StoredSync,
  StreamCommit,
  StreamKey,
  SyncStore,
} from "../sync-store";

type HeldStream = StoredStream & { told: (StreamCommit & { attempt: number })[] };
type HeldSync = Omit<StoredSync, "streams"> & { streams: HeldStream[] };

/**
 * The store of a test: what the Prisma one does, in this process. `documentOf` gives the version that a sync runs,
 * `madeAt` when the connection was made.
 */
export function memorySyncStore(
  documentOf: (workspaceId: string, connection: string, version: number) => Promise<ConnectionDocument>,
  madeAt: (workspaceId: string, connection: string) => Promise<Date> = async () => new Date(0),
): SyncStore {
  const held: HeldSync[] = [];
  const logs: (SyncLogLine & { syncId: string })[] = [];

  const find = (id: string) => held.find((sync) => sync.id === id);
  const findStream = ({ syncId, stream, round }: StreamKey) =>
    find(syncId)?.streams.find((each) => each.name === stream && each.round === round);
  const become = (stream: HeldStream | undefined, to: RunStatus): stream is HeldStream => {
    if (stream === undefined || !streamMayBecome(stream.status, to)) return false;
    stream.status = to;
    return true;
  };
  const cancel = (stream: HeldStream, at: Date): boolean => {
    if (!become(stream, "cancelled")) return false;
    Object.assign(stream, { phase: "done", endedAt: at, nextAttemptAt: null });
    return true;
  };
  const activeSyncs = (workspaceId: string, connection?: string): ActiveSync[] =>
    held
      .filter((sync) => sync.workspaceId === workspaceId && !isFinal(sync.status))
      .filter((sync) => connection === undefined || sync.connection === connection)
      .map(({ id, number, connection: of, streams }) => ({
        id,
        number,
        connection: of,
        streams: streams.filter((each) => !isFinal(each.status)).map((each) => each.name),
      }));

  const own = async (workspaceId: string, connection?: string): Promise<HeldSync[]> => {
    const found: HeldSync[] = [];
    for (const sync of held) {
      if (sync.workspaceId !== workspaceId || sync.connection !== (connection ?? sync.connection)) continue;
      if (sync.createdAt >= (await madeAt(workspaceId, sync.connection))) found.push(sync);
    }
    return found;
  };

  return {
    sync: async (id) => {
      const sync = find(id);
      return sync === undefined ? null : toStored(sync);
    },
    streamStatus: async (key) => findStream(key)?.status ?? null,
    startSync: async (id, at) => {
      const sync = find(id);
      if (sync?.status === "queued") Object.assign(sync, { status: "running", startedAt: at });
    },
    endSync: async (id, at) => {
      const sync = find(id);
      if (sync === undefined || isFinal(sync.status)) return true;
      const outcome = syncStatus(sync.streams.map((each) => each.status));
      if (!isFinal(outcome)) return false;
      Object.assign(sync, { status: outcome, endedAt: at });
      return true;
    },
    startAttempt: async (key, attempt, at) => {
      const stream = findStream(key);
      if (stream === undefined || isFinal(stream.status)) return false;
      Object.assign(stream, {
        status: "running",
        attempt,
        attemptStartedAt: at,
        startedAt: stream.startedAt ?? at,
        nextAttemptAt: null,
        phase: "connecting",
        rowsBefore: sum(stream.told.map((each) => each.rows)),
        bytesBefore: sum(stream.told.map((each) => each.bytes)),
        rows: 0,
        bytes: 0,
        estimatedRows: null,
      });
      return true;
    },
    setProgress: async (key, { cursor, ...progress }) => {
      const stream = findStream(key);
      if (stream?.status === "running") Object.assign(stream, progress, cursor === null ? {} : { cursor });
    },
    addSchemaChange: async (key, change) => {
      const stream = findStream(key);
      if (stream === undefined || isFinal(stream.status)) return;
      const rest = stream.schemaChanges.filter(
        (each) => each.kind !== change.kind || each.column !== change.column,
      );
      stream.schemaChanges = [...rest, change];
    },
    addCommit: async (key, attempt, commit) => {
      const { syncId, stream: name } = key;
      const stream = find(syncId)?.streams.find((each) => each.name === name);
      if (stream === undefined || stream.told.some((each) => each.snapshotId === commit.snapshotId)) return;
      stream.told.push({ ...commit, attempt });
      if (commit.cursor !== null && stream.round === key.round) stream.cursor = commit.cursor;
    },
    retryStream: async (key, error, nextAttemptAt) => {
      const stream = findStream(key);
      if (become(stream, "retrying")) Object.assign(stream, { phase: "waiting", error, nextAttemptAt });
    },
    endStream: async (key, status, error, at) => {
      const stream = findStream(key);
      if (become(stream, status))
        Object.assign(stream, {
          phase: "done",
          endedAt: at,
          nextAttemptAt: null,
          ...(error === null ? {} : { error }),
        });
    },
    appendLog: async ({ syncId, stream }, lines) => {
      const there = new Set(
        logs.filter((line) => line.syncId === syncId && line.stream === stream).map((line) => line.seq),
      );
      for (const line of lines) if (!there.has(line.seq)) logs.push({ ...line, syncId, stream });
    },
    nextLogSeq: async ({ syncId, stream }) =>
      Math.max(
        -1,
        ...logs.filter((line) => line.syncId === syncId && line.stream === stream).map((line) => line.seq),
      ) + 1,

    createSync: async ({ streams, ...sync }) => {
      const document = await documentOf(sync.workspaceId, sync.connection, sync.connectionVersion);
      const streamsBefore = (await own(sync.workspaceId, sync.connection)).flatMap((each) => each.streams);
      if (find(sync.id) !== undefined) return;
      refuseOverlap(
        activeSyncs(sync.workspaceId, sync.connection),
        streams.map((each) => each.name),
      );
      const before = held.filter(
        (each) => each.workspaceId === sync.workspaceId && each.connection === sync.connection,
      );
      held.push({
        ...sync,
        number: before.length + 1,
        status: "queued",
        startedAt: null,
        endedAt: null,
        document,
        streams: streams.map((stream) => newStream(stream, streamsBefore)),
      });
    },
    syncs: async (workspaceId, { connection, before, limit }) => {
      const newest =
        connection === undefined
          ? held.filter((sync) => sync.workspaceId === workspaceId).reverse()
          : (await own(workspaceId, connection)).reverse();
      const start = before === undefined ? 0 : newest.findIndex((sync) => sync.id === before) + 1;
      return newest.slice(start, start + limit).map(toStored);
    },
    newestSyncs: async (workspaceId) => {
      const all = await own(workspaceId);
      return [...new Map(all.map((sync) => [sync.connection, sync])).values()].map(toStored);
    },
    cancelSync: async (id, _by, at) => {
      const sync = find(id);
      if (sync === undefined || isFinal(sync.status)) return false;
      Object.assign(sync, { status: "cancelled", endedAt: at });
      for (const stream of sync.streams) cancel(stream, at);
      return true;
    },
    cancelStream: async (id, name, at) => {
      const stream = find(id)?.streams.find((each) => each.name === name);
      return stream !== undefined && cancel(stream, at);
    },
    requeueStream: async (id, name, refresh, attempts) => {
      const sync = find(id);
      const stream = sync?.streams.find((each) => each.name === name);
      if (sync === undefined || stream === undefined || isFinal(sync.status)) return false;
      if (stream.status !== "retrying" && !isFinal(stream.status)) return false;
      Object.assign(stream, {
        status: "queued",
        round: stream.round + 1,
        refresh,
        maxAttempts: stream.attempt + attempts,
        phase: "waiting",
        endedAt: null,
        nextAttemptAt: null,
        error: null,
        ...(refresh ? { told: [] } : {}),
      });
      return true;
    },
    logLines: async ({ syncId, stream, afterSeq, limit }) =>
      logs
        .filter((line) => line.syncId === syncId && (stream === undefined || line.stream === stream))
        .filter((line) => afterSeq === undefined || line.seq > afterSeq)
        .sort((a, b) => (stream === undefined ? a.at.getTime() - b.at.getTime() : 0) || a.seq - b.seq)
        .slice(0, limit)
        .map(({ syncId: _sync, ...line }) => line),
    unfinishedSyncs: async () => held.filter((sync) => !isFinal(sync.status)).map((sync) => sync.id),
    activeSyncs: async (workspaceId, connection) => activeSyncs(workspaceId, connection),
    freshness: async (workspaceId, connection) => {
      const done = (await own(workspaceId, connection))
        .flatMap((sync) =>
          sync.streams.flatMap(({ name, status, startedAt, endedAt }) =>
            status !== "succeeded" || startedAt === null || endedAt === null
              ? []
              : [{ connection: sync.connection, stream: name, dataAsOf: startedAt, succeededAt: endedAt }],
          ),
        )
        .sort((a, b) => a.succeededAt.getTime() - b.succeededAt.getTime());
      return [...new Map(done.map((each) => [`${each.connection}/${each.stream}`, each])).values()];
    },
  };
}

const sum = (figures: number[]): number => figures.reduce((total, each) => total + each, 0);

function newStream(
  { name, table, refresh, isIncremental, maxAttempts }: NewSync["streams"][number],
  before: readonly HeldStream[],
): HeldStream {
  const cursor = before
    .filter((each) => each.name === name && each.table === table)
    .flatMap(({ told }) => told.map((each) => each.cursor))
    .findLast((each) => each !== null);
  return {
    name,
    table,
    status: "queued",
    round: 1,
    refresh,
    attempt: 0,
    maxAttempts,
    attemptStartedAt: null,
    nextAttemptAt: null,
    phase: "waiting",
    rowsBefore: 0,
    bytesBefore: 0,
    rows: 0,
    bytes: 0,
    estimatedRows: null,
    cursor: isIncremental && !refresh ? (cursor ?? null) : null,
    error: null,
    schemaChanges: [],
    startedAt: null,
    endedAt: null,
    rowsCommitted: 0,
    bytesCommitted: 0,
    commits: 0,
    snapshotId: null,
    told: [],
  };
}

function toStored(sync: HeldSync): StoredSync {
  return structuredClone({
    ...sync,
    streams: sync.streams.map(({ told, ...stream }) => ({
      ...stream,
      rowsCommitted: sum(told.map((each) => each.rows)),
      bytesCommitted: sum(told.map((each) => each.bytes)),
      commits: told.length,
      snapshotId: told.at(-1)?.snapshotId ?? null,
    })),
  });
}
