import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { streamMayPrecede } from "../../../domain/sources/sync-status";
import type { SyncLogLine } from "../../../domain/sources/sync-view";
import type { Db, Tx } from "../store";
import type { ActiveSync, Freshness, SyncLedger, SyncStore } from "../sync-store";
import { lockedStatus, STREAMS, toStoredSyncs } from "./ledger-rows";
import { serialised } from "./serialised";

const UNFINISHED = { in: streamMayPrecede("cancelled") };

export const syncRows = (db: Db): Omit<SyncStore, keyof SyncLedger> => ({
  createSync: ({ streams, ...sync }) =>
    serialised(db, `connection ${sync.workspaceId} ${sync.connection}`, async (tx) => {
      if ((await tx.sync.findUnique({ where: { id: sync.id }, select: { id: true } })) !== null) return;
      const { workspaceId, connection } = sync;
      refuseOverlap(
        await activeSyncs(tx, workspaceId, connection),
        streams.map((each) => each.name),
      );
      const cursors = await lastCursors(tx, workspaceId, connection);
      const last = await tx.sync.aggregate({ where: { workspaceId, connection }, _max: { number: true } });
      await tx.sync.create({
        data: {
          ...sync,
          number: (last._max.number ?? 0) + 1,
          status: "queued",
          streams: {
            create: streams.map(({ name, table, refresh, isIncremental, maxAttempts }, position) => ({
              stream: name,
              position,
              table,
              refresh,
              maxAttempts,
              cursor: isIncremental && !refresh ? (cursors.get(`${name} ${table}`) ?? null) : null,
              status: "queued",
            })),
          },
        },
      });
    }),

  syncs: async (workspaceId, { connection, before, limit }) => {
    const rows = await db.sync.findMany({
      where: {
        workspaceId,
        ...(connection === undefined
          ? {}
          : { connection, ...(await sinceMade(db, workspaceId, connection)) }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
      ...(before === undefined ? {} : { cursor: { id: before }, skip: 1 }),
      include: STREAMS,
    });
    return toStoredSyncs(db, rows);
  },

  newestSyncs: async (workspaceId) => {
    const rows = await db.sync.findMany({
      where: { workspaceId },
      orderBy: [{ connection: "asc" }, { number: "desc" }],
      distinct: ["connection"],
      include: STREAMS,
    });
    const made = new Map(
      (await db.connection.findMany({ where: { workspaceId } })).map((each) => [each.name, each.createdAt]),
    );
    return toStoredSyncs(
      db,
      rows.filter((row) => row.createdAt >= (made.get(row.connection) ?? row.createdAt)),
    );
  },

  cancelSync: (syncId, cancelledBy, at) =>
    db.$transaction(async (tx) => {
      const status = await lockedStatus(tx, syncId);
      if (status === null || isFinal(status)) return false;
      await tx.sync.update({
        where: { id: syncId },
        data: { status: "cancelled", cancelledBy, endedAt: at },
      });
      await tx.syncStream.updateMany({
        where: { syncId, status: UNFINISHED },
        data: { status: "cancelled", phase: "done", endedAt: at, nextAttemptAt: null },
      });
      return true;
    }),

  cancelStream: (syncId, stream, at) =>
    db.$transaction(async (tx) => {
      await lockedStatus(tx, syncId);
      const { count } = await tx.syncStream.updateMany({
        where: { syncId, stream, status: UNFINISHED },
        data: { status: "cancelled", phase: "done", endedAt: at, nextAttemptAt: null },
      });
      return count > 0;
    }),

  requeueStream: (syncId, stream, refresh, attempts) =>
    db.$transaction(async (tx) => {
      const status = await lockedStatus(tx, syncId);
      if (status === null || isFinal(status)) return false;
      const row = await tx.syncStream.findUnique({ where: { syncId_stream: { syncId, stream } } });
      if (row === null || !["retrying", "succeeded", "failed", "cancelled"].includes(row.status))
        return false;
      await tx.syncStream.update({
        where: { syncId_stream: { syncId, stream } },
        data: {
          status: "queued",
          round: row.round + 1,
          refresh,
          maxAttempts: row.attempt + attempts,
          phase: "waiting",
          endedAt: null,
          nextAttemptAt: null,
        },
      });
      // A refresh puts other rows in the place of those.
      if (refresh) await tx.syncCommit.deleteMany({ where: { syncId, stream } });
      await tx.$executeRaw`UPDATE "SyncStream" SET "error" = NULL WHERE "syncId" = ${syncId} AND "stream" = ${stream}`;
      return true;
    }),

  logLines: async ({ syncId, stream, afterSeq, limit }) => {
    const rows = await db.syncLogLine.findMany({
      where: {
        syncId,
        ...(stream === undefined ? {} : { stream }),
        ...(afterSeq === undefined ? {} : { seq: { gt: afterSeq } }),
      },
      orderBy: stream === undefined ? [{ at: "asc" }, { stream: "asc" }, { seq: "asc" }] : [{ seq: "asc" }],
      take: limit,
    });
    return rows.map(({ syncId: _sync, level, ...row }) => ({ ...row, level: level as SyncLogLine["level"] }));
  },

  unfinishedSyncs: async () => {
    const rows = await db.sync.findMany({
      where: { status: UNFINISHED },
      select: { id: true },
      orderBy: { createdAt: "asc" },
    });
    return rows.map((row) => row.id);
  },

  activeSyncs: (workspaceId, connection) => activeSyncs(db, workspaceId, connection),

  freshness: async (workspaceId, connection) => {
    const one = connection ?? null;
    return db.$queryRaw<Freshness[]>`
      SELECT DISTINCT ON (sync."connection", stream."stream")
        sync."connection", stream."stream", stream."startedAt" AS "dataAsOf", stream."endedAt" AS "succeededAt"
      FROM "SyncStream" stream JOIN "Sync" sync ON sync."id" = stream."syncId"
        JOIN "Connection" connection ON connection."workspaceId" = sync."workspaceId"
          AND connection."name" = sync."connection" AND connection."createdAt" <= sync."createdAt"
      WHERE sync."workspaceId" = ${workspaceId} AND (${one}::text IS NULL OR sync."connection" = ${one})
        AND stream."status" = 'succeeded' AND stream."startedAt" IS NOT NULL
      ORDER BY sync."connection", stream."stream", stream."endedAt" DESC`;
  },
});

async function sinceMade(db: Db | Tx, workspaceId: string, name: string) {
  const found = await db.connection.findUnique({ where: { workspaceId_name: { workspaceId, name } } });
  return found === null ? {} : { createdAt: { gte: found.createdAt } };
}

/** Of each stream and table, as `stream table`: the cursor of its last commit that had one. */
async function lastCursors(tx: Tx, workspaceId: string, connection: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ stream: string; table: string; cursor: string }[]>`
    SELECT DISTINCT ON (stream."stream", stream."table") stream."stream", stream."table", made."cursor"
    FROM "SyncCommit" made
      JOIN "SyncStream" stream ON stream."syncId" = made."syncId" AND stream."stream" = made."stream"
      JOIN "Sync" sync ON sync."id" = made."syncId"
      JOIN "Connection" connection ON connection."workspaceId" = sync."workspaceId"
        AND connection."name" = sync."connection" AND connection."createdAt" <= sync."createdAt"
    WHERE sync."workspaceId" = ${workspaceId} AND sync."connection" = ${connection} AND made."cursor" IS NOT NULL
    ORDER BY stream."stream", stream."table", made."committedAt" DESC`;
  return new Map(rows.map(({ stream, table, cursor }) => [`${stream} ${table}`, cursor]));
}

async function activeSyncs(db: Db | Tx, workspaceId: string, connection?: string): Promise<ActiveSync[]> {
  const rows = await db.sync.findMany({
    where: { workspaceId, status: UNFINISHED, ...(connection === undefined ? {} : { connection }) },
    select: {
      id: true,
      number: true,
      connection: true,
      streams: { where: { status: UNFINISHED }, select: { stream: true } },
    },
    orderBy: { number: "asc" },
  });
  return rows.map(({ streams, ...row }) => ({ ...row, streams: streams.map((each) => each.stream) }));
}

/** Failures: `conflict` where one of `wanted` is in a sync that has not ended. */
export function refuseOverlap(active: readonly ActiveSync[], wanted: readonly string[]): void {
  for (const sync of active) {
    const shared = wanted.filter((name) => sync.streams.includes(name));
    if (shared.length === 0) continue;
    const streams =
      shared.length === 1 ? `The stream ${shared[0]} is` : `${shared.length} of these streams are`;
    throw new Failure("conflict", `${streams} being synced by sync ${sync.number} of ${sync.connection}.`, {
      hint: "Wait until it has ended, or cancel it. Streams that it does not hold can be synced beside it.",
      retryable: true,
    });
  }
}
