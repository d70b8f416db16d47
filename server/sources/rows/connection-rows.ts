import { isDeepStrictEqual } from "node:util";
import { Failure } from "../../../domain/shared/failure";
import { ConnectionDocument } from "../../../domain/sources/connection-document";
import type { ConnectionStore, NewVersion, StoredConnection } from "../source-store";
import type { Db, Json, Tx } from "../store";
import { serialised } from "./serialised";

type VersionRow = {
  workspaceId: string;
  name: string;
  version: number;
  draft: boolean;
  document: unknown;
  createdBy: string;
  createdAt: Date;
};
type ConnectionRow = {
  workspaceId: string;
  name: string;
  paused: boolean;
  dealtUntil: Date;
  createdAt: Date;
};

export const connectionRows = (db: Db): ConnectionStore => ({
  save: (version) =>
    serialised(db, `connection ${version.workspaceId} ${version.name}`, (tx) => saveVersion(tx, version)),

  connection: async (workspaceId, name) => {
    const row = await db.connection.findFirst({ where: { workspaceId, name, deletedAt: null } });
    return row === null ? null : ((await withVersions(db, [row]))[0] ?? null);
  },

  connections: async (workspaceId) =>
    withVersions(
      db,
      await db.connection.findMany({ where: { workspaceId, deletedAt: null }, orderBy: { name: "asc" } }),
    ),

  versions: (workspaceId, name) =>
    db.connectionVersion.findMany({
      where: { workspaceId, name },
      orderBy: { version: "desc" },
      select: { version: true, draft: true, createdAt: true, createdBy: true },
    }),

  setPaused: async (workspaceId, name, paused, at) => {
    const { count } = await db.connection.updateMany({
      where: { workspaceId, name, deletedAt: null },
      data: { paused, ...(paused ? {} : { dealtUntil: at }) },
    });
    return count > 0;
  },

  remove: async (workspaceId, name, at) => {
    const { count } = await db.connection.updateMany({
      where: { workspaceId, name, deletedAt: null },
      data: { deletedAt: at },
    });
    return count > 0;
  },

  scheduled: async () => {
    const rows = await db.connection.findMany({ where: { deletedAt: null, paused: false } });
    const all = await withVersions(db, rows);
    return all.filter((each) => each.current?.document.schedule?.type === "cron");
  },

  setDealtUntil: async (workspaceId, name, until) => {
    await db.connection.updateMany({
      where: { workspaceId, name, dealtUntil: { lt: until } },
      data: { dealtUntil: until },
    });
  },
});

async function saveVersion(tx: Tx, version: NewVersion): Promise<number> {
  const { workspaceId, name, draft, document, baseVersion, createdBy, at } = version;
  const key = { workspaceId, name };
  const live = await tx.connection.findUnique({ where: { workspaceId_name: key } });
  const rows = await tx.connectionVersion.findMany({ where: key, orderBy: { version: "desc" } });
  const known = live === null || live.deletedAt !== null ? [] : rows;
  const newest = known[0];
  if (baseVersion !== undefined && baseVersion !== (newest?.version ?? 0)) throw newerVersion(name, newest);
  if (newest?.draft === draft && isDeepStrictEqual(newest.document, document)) return newest.version;
  await putConnection(tx, key, live, at);
  const number = (rows[0]?.version ?? 0) + 1;
  await tx.connectionVersion.create({
    data: { ...key, version: number, draft, document: document as Json, createdBy, createdAt: at },
  });
  if (!draft && isNewSchedule(known, document)) {
    await tx.connection.update({ where: { workspaceId_name: key }, data: { dealtUntil: at } });
  }
  return number;
}

/** What an author is told whose base is not the newest version. */
export function newerVersion(
  name: string,
  newest: { version: number; createdBy: string } | undefined,
): Failure {
  const what = newest === undefined ? "is gone" : `has version ${newest.version} by ${newest.createdBy} now`;
  return new Failure("conflict", `The connection ${name} ${what}: it was changed since you opened it.`, {
    hint: "Open it anew and make your change there, or save without a base version to replace what is there.",
  });
}

/** Whether a document has another schedule than the newest current one of `known`, newest first. */
export const isNewSchedule = (known: { draft: boolean; document: unknown }[], document: unknown): boolean =>
  !isDeepStrictEqual(scheduleOf(known.find((row) => !row.draft)?.document), scheduleOf(document));

const scheduleOf = (document: unknown): unknown =>
  (document as { schedule?: unknown } | undefined)?.schedule ?? null;

async function putConnection(
  tx: Tx,
  key: { workspaceId: string; name: string },
  live: { deletedAt: Date | null } | null,
  at: Date,
): Promise<void> {
  if (live === null) await tx.connection.create({ data: { ...key, dealtUntil: at, createdAt: at } });
  else if (live.deletedAt !== null) {
    await tx.connection.update({
      where: { workspaceId_name: key },
      data: { deletedAt: null, paused: false, dealtUntil: at, createdAt: at },
    });
  }
}

/** Each with its newest current version and with the draft behind that, in two statements. */
async function withVersions(db: Db, rows: ConnectionRow[]): Promise<StoredConnection[]> {
  if (rows.length === 0) return [];
  const versions = await db.connectionVersion.findMany({
    where: {
      OR: rows.map(({ workspaceId, name, createdAt }) => ({
        workspaceId,
        name,
        createdAt: { gte: createdAt },
      })),
    },
    orderBy: { version: "desc" },
    distinct: ["workspaceId", "name", "draft"],
  });
  return rows.map((row) => {
    const own = versions.filter((each) => each.workspaceId === row.workspaceId && each.name === row.name);
    return toStored(
      row,
      own.find((each) => !each.draft),
      own.find((each) => each.draft),
    );
  });
}

function toStored(
  { workspaceId, name, paused, dealtUntil, createdAt }: ConnectionRow,
  current: VersionRow | undefined,
  draft: VersionRow | undefined,
): StoredConnection {
  const entry = <D>({ version, createdAt: savedAt, createdBy }: VersionRow, document: D) => ({
    version,
    createdAt: savedAt,
    createdBy,
    document,
  });
  return {
    workspaceId,
    name,
    paused,
    dealtUntil,
    createdAt,
    current: current === undefined ? null : entry(current, ConnectionDocument.parse(current.document)),
    draft:
      draft === undefined || draft.version < (current?.version ?? 0)
        ? null
        : entry(draft, draft.document as Record<string, unknown>),
  };
}
