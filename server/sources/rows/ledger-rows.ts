import { isFinal } from "../../../domain/shared/is-final";
import { RunStatus } from "../../../domain/shared/run-status";
import { ConnectionDocument } from "../../../domain/sources/connection-document";
import { streamMayPrecede, syncStatus } from "../../../domain/sources/sync-status";
import { SchemaChange, SyncError, SyncPhase, SyncTrigger } from "../../../domain/sources/sync-view";
import type { Db, Json, Tx } from "../store";
import type { StoredStream, StoredSync, StreamKey, SyncLedger } from "../sync-store";

/** The states that may be left for `to`: an update below it changes nothing else. */
const before = (to: RunStatus) => ({ in: streamMayPrecede(to) });
const LIVE = { in: ["running", "retrying"] };

/** What a sync does, as rows. A change of state names the states it may come from, so that a final one stays. */
export const ledgerRows = (db: Db): SyncLedger => ({
  sync: async (syncId) => {
    const row = await db.sync.findUnique({ where: { id: syncId }, include: STREAMS });
    return row === null ? null : ((await toStoredSyncs(db, [row]))[0] ?? null);
  },

  streamStatus: async ({ syncId, stream, round }) => {
    const row = await db.syncStream.findFirst({ where: { syncId, stream, round }, select: { status: true } });
    return row === null ? null : RunStatus.parse(row.status);
  },

  startSync: async (syncId, at) => {
    await db.sync.updateMany({
      where: { id: syncId, status: "queued" },
      data: { status: "running", startedAt: at },
    });
  },

  endSync: (syncId, at) =>
    db.$transaction(async (tx) => {
      const status = await lockedStatus(tx, syncId);
      if (status === null || isFinal(status)) return true;
      const rows = await tx.syncStream.findMany({ where: { syncId }, select: { status: true } });
      const outcome = syncStatus(rows.map((row) => RunStatus.parse(row.status)));
      if (!isFinal(outcome)) return false;
      await tx.sync.update({ where: { id: syncId }, data: { status: outcome, endedAt: at } });
      return true;
    }),

  startAttempt: (key, attempt, at) =>
    db.$transaction(async (tx) => {
      const { syncId, stream } = key;
      const committed = await tx.syncCommit.aggregate({
        where: { syncId, stream },
        _sum: { rows: true, bytes: true },
      });
      const { count } = await tx.syncStream.updateMany({
        where: { ...key, status: { in: ["queued", "running", "retrying"] } },
        data: {
          status: "running",
          attempt,
          attemptStartedAt: at,
          nextAttemptAt: null,
          phase: "connecting",
          rowsBefore: committed._sum.rows ?? 0n,
          bytesBefore: committed._sum.bytes ?? 0n,
          rows: 0n,
          bytes: 0n,
          estimatedRows: null,
        },
      });
      await tx.syncStream.updateMany({ where: { ...key, startedAt: null }, data: { startedAt: at } });
      return count > 0;
    }),

  setProgress: async (key, { phase, rows, bytes, estimatedRows, cursor }) => {
    await db.syncStream.updateMany({
      where: { ...key, status: "running" },
      data: {
        phase,
        rows: BigInt(Math.round(rows)),
        bytes: BigInt(Math.round(bytes)),
        estimatedRows: estimatedRows === null ? null : BigInt(Math.round(estimatedRows)),
        ...(cursor === null ? {} : { cursor: cursor.slice(0, 500) }),
      },
    });
  },

  addSchemaChange: (key, change) =>
    db.$transaction(async (tx) => {
      const row = await tx.syncStream.findFirst({ where: { ...key, status: LIVE } });
      if (row === null) return;
      const changes = SchemaChange.array().parse(row.schemaChanges);
      const rest = changes.filter((each) => each.kind !== change.kind || each.column !== change.column);
      await tx.syncStream.updateMany({
        where: key,
        data: { schemaChanges: [...rest, change].slice(-200) as Json },
      });
    }),

  addCommit: async (key, attempt, { snapshotId, rows, bytes, cursor }, at) => {
    const { syncId, stream } = key;
    await db.syncCommit.createMany({
      data: [
        {
          syncId,
          stream,
          snapshotId,
          attempt,
          rows: BigInt(rows),
          bytes: BigInt(bytes),
          cursor,
          committedAt: at,
        },
      ],
      skipDuplicates: true,
    });
    if (cursor !== null)
      await db.syncStream.updateMany({ where: key, data: { cursor: cursor.slice(0, 500) } });
  },

  retryStream: async (key, error, nextAttemptAt) => {
    await db.syncStream.updateMany({
      where: { ...key, status: before("retrying") },
      data: { status: "retrying", phase: "waiting", error: error as Json, nextAttemptAt },
    });
  },

  endStream: async (key, status, error, at) => {
    await db.syncStream.updateMany({
      where: { ...key, status: before(status) },
      data: {
        status,
        phase: "done",
        endedAt: at,
        nextAttemptAt: null,
        ...(error === null ? {} : { error: error as Json }),
      },
    });
  },

  appendLog: async ({ syncId, stream }, lines) => {
    await db.syncLogLine.createMany({
      data: lines.map((line) => ({ ...line, syncId, stream })),
      skipDuplicates: true,
    });
  },

  nextLogSeq: async ({ syncId, stream }: StreamKey) => {
    const last = await db.syncLogLine.aggregate({ where: { syncId, stream }, _max: { seq: true } });
    return (last._max.seq ?? -1) + 1;
  },
});

/** What `toStoredSyncs` needs to be included. */
export const STREAMS = {
  streams: {
    orderBy: { position: "asc" },
    include: { commits: { select: { rows: true, bytes: true, snapshotId: true, committedAt: true } } },
  },
} as const;

/** The sync's state; no other transaction that asks for it changes the sync before this one ends. */
export async function lockedStatus(tx: Tx, syncId: string): Promise<RunStatus | null> {
  const rows = await tx.$queryRaw<
    { status: string }[]
  >`SELECT "status" FROM "Sync" WHERE "id" = ${syncId} FOR UPDATE`;
  return rows[0] === undefined ? null : RunStatus.parse(rows[0].status);
}

type SyncRow = NonNullable<Awaited<ReturnType<typeof oneSync>>>;
const oneSync = (db: Db) => db.sync.findFirst({ include: STREAMS });

/** Rows with the documents that they ran, in the same order. */
export async function toStoredSyncs(db: Db, rows: SyncRow[]): Promise<StoredSync[]> {
  const wanted = [...new Map(rows.map((row) => [versionKey(row), row])).values()];
  const versions =
    wanted.length === 0
      ? []
      : await db.connectionVersion.findMany({
          where: {
            OR: wanted.map(({ workspaceId, connection, connectionVersion }) => ({
              workspaceId,
              name: connection,
              version: connectionVersion,
            })),
          },
        });
  const documents = new Map(
    versions.map(({ workspaceId, name, version, document }) => [
      versionKey({ workspaceId, connection: name, connectionVersion: version }),
      ConnectionDocument.parse(document),
    ]),
  );
  return rows.flatMap((row) => {
    const document = documents.get(versionKey(row));
    return document === undefined ? [] : [toStoredSync(row, document)];
  });
}

const versionKey = (of: { workspaceId: string; connection: string; connectionVersion: number }): string =>
  JSON.stringify([of.workspaceId, of.connection, of.connectionVersion]);

function toStoredSync(
  { streams, cancelledBy: _by, ...row }: SyncRow,
  document: ConnectionDocument,
): StoredSync {
  return {
    ...row,
    status: RunStatus.parse(row.status),
    trigger: SyncTrigger.parse(row.trigger),
    document,
    streams: streams.map(toStoredStream),
  };
}

function toStoredStream({
  syncId: _sync,
  stream,
  position: _position,
  commits,
  ...row
}: SyncRow["streams"][number]): StoredStream {
  const newest = commits.toSorted((a, b) => a.committedAt.getTime() - b.committedAt.getTime()).at(-1);
  return {
    ...row,
    name: stream,
    status: RunStatus.parse(row.status),
    phase: SyncPhase.parse(row.phase),
    error: row.error === null ? null : SyncError.parse(row.error),
    schemaChanges: SchemaChange.array().parse(row.schemaChanges),
    rowsBefore: Number(row.rowsBefore),
    bytesBefore: Number(row.bytesBefore),
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    estimatedRows: row.estimatedRows === null ? null : Number(row.estimatedRows),
    rowsCommitted: commits.reduce((sum, each) => sum + Number(each.rows), 0),
    bytesCommitted: commits.reduce((sum, each) => sum + Number(each.bytes), 0),
    commits: commits.length,
    snapshotId: newest?.snapshotId ?? null,
  };
}
