import type { Db } from "../../workspaces/index";
import { markOf } from "../archive/archive-mark";
import { makeActive } from "../triggers/make-active";
import type { DraftStore, PipelineHead, StoredVersion } from "./draft-store";

type Tx = Parameters<Parameters<Db["$transaction"]>[0]>[0];
type Place = { workspaceId: string; pipelineId: string };
type Json = Parameters<Tx["pipelineVersion"]["create"]>[0]["data"]["document"];

/** Drafts, versions and presence in the app's database. */
export const prismaDraftStore = (db: Db): DraftStore => ({
  head: (workspaceId, pipelineId) => readHead(db, { workspaceId, pipelineId }),

  create: ({ workspaceId, pipelineId, text, by, at }) =>
    locked(db, { workspaceId, pipelineId }, async (tx, place) => {
      if ((await readHead(tx, place)) !== null) return false;
      const draft = { draft: text, draftRevision: 1, draftBy: by, draftAt: at };
      await tx.pipeline.create({ data: { ...place, ...draft } });
      return true;
    }),

  drafts: async (workspaceId) => {
    const rows = await db.pipeline.findMany({
      where: { workspaceId, draft: { not: null }, archivedAt: null },
      select: { pipelineId: true, activeVersion: true, draftBy: true, draftAt: true, createdAt: true },
      orderBy: [{ draftAt: "desc" }, { pipelineId: "asc" }],
    });
    return rows.map(({ pipelineId, activeVersion, draftBy, draftAt, createdAt }) => ({
      pipelineId,
      activeVersion,
      by: draftBy ?? "",
      at: draftAt ?? createdAt,
    }));
  },

  saveDraft: ({ workspaceId, pipelineId, text, baseRevision, by, at, of }) =>
    locked(db, { workspaceId, pipelineId }, async (tx, place) => {
      const head = await headAt(tx, place, baseRevision);
      if (head === null) return null;
      const draftOf = of === undefined ? (head.draft?.of ?? head.activeVersion) : of;
      return writeHead(tx, place, head, { draft: text, draftOf, draftBy: by, draftAt: at });
    }),

  discardDraft: ({ baseRevision, ...where }) =>
    locked(db, where, async (tx, place) => {
      const head = await headAt(tx, place, baseRevision);
      return head === null ? null : writeHead(tx, place, head, NO_DRAFT);
    }),

  activate: ({ workspaceId, pipelineId, baseRevision, text, document, note, restoredFrom, by, at }) =>
    locked(db, { workspaceId, pipelineId }, async (tx, place) => {
      const head = await headAt(tx, place, baseRevision);
      if (head === null) return null;
      const last = await tx.pipelineVersion.aggregate({ where: place, _max: { version: true } });
      const version = (last._max.version ?? 0) + 1;
      await tx.pipelineVersion.create({
        data: {
          ...place,
          version,
          text,
          document: document as Json,
          note,
          restoredFrom,
          createdBy: by,
          createdAt: at,
        },
      });
      const written = await writeHead(tx, place, head, NO_DRAFT);
      await makeActive(tx, { ...place, version }, at);
      return { version, ...written };
    }),

  versions: async (place, { before, limit }) => {
    const rows = await db.pipelineVersion.findMany({
      where: {
        ...onlyPlace(place),
        draft: false,
        ...(before === undefined ? {} : { version: { lt: before } }),
      },
      orderBy: { version: "desc" },
      take: limit,
    });
    return rows.map(toVersion);
  },

  version: async (place, version) => {
    const row = await db.pipelineVersion.findFirst({ where: { ...onlyPlace(place), version } });
    return row === null ? null : toVersion(row);
  },

  seen: async (place, { sessionId, ...page }, until) => {
    const key = { ...onlyPlace(place), sessionId };
    await db.pipelinePresence.upsert({
      where: { workspaceId_pipelineId_sessionId: key },
      create: { ...key, ...page },
      update: page,
    });
    await db.pipelinePresence.deleteMany({ where: { ...onlyPlace(place), seenAt: { lt: until } } });
  },

  left: async (place, sessionId) => {
    await db.pipelinePresence.deleteMany({ where: { ...onlyPlace(place), sessionId } });
  },

  present: (place, since) =>
    db.pipelinePresence.findMany({
      where: { ...onlyPlace(place), seenAt: { gte: since } },
      select: { sessionId: true, name: true, selectedTask: true, seenAt: true },
      orderBy: [{ name: "asc" }, { sessionId: "asc" }],
    }),
});

const NO_DRAFT = { draft: null, draftOf: null, draftBy: null, draftAt: null };

const onlyPlace = ({ workspaceId, pipelineId }: Place): Place => ({ workspaceId, pipelineId });

/** One at a time for each pipeline, under the same lock as every save of a version. */
function locked<T>(db: Db, where: Place, act: (tx: Tx, place: Place) => Promise<T>): Promise<T> {
  const place = onlyPlace(where);
  const name = `pipeline ${place.workspaceId} ${place.pipelineId}`;
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    return act(tx, place);
  });
}

/** A pipeline that was only ever saved as versions has no row of its own yet. */
async function readHead(
  tx: Pick<Tx, "pipeline" | "pipelineVersion">,
  place: Place,
): Promise<PipelineHead | null> {
  const [row, newest] = await Promise.all([
    tx.pipeline.findUnique({ where: { workspaceId_pipelineId: place } }),
    tx.pipelineVersion.aggregate({ where: { ...place, draft: false }, _max: { version: true } }),
  ]);
  const activeVersion = newest._max.version;
  if (row === null)
    return activeVersion === null ? null : { activeVersion, revision: 0, draft: null, archived: null };
  const { draft: text, draftOf: of, draftBy: by, draftAt: at, createdAt } = row;
  const draft = text === null ? null : { text, of, by: by ?? "", at: at ?? createdAt };
  return { activeVersion, revision: row.draftRevision, draft, archived: markOf(row) };
}

async function headAt(tx: Tx, place: Place, revision: number): Promise<PipelineHead | null> {
  const head = await readHead(tx, place);
  return head?.revision === revision ? head : null;
}

async function writeHead(
  tx: Tx,
  place: Place,
  { activeVersion, revision }: PipelineHead,
  change: Partial<Parameters<Tx["pipeline"]["create"]>[0]["data"]>,
): Promise<{ revision: number }> {
  const now = { ...change, draftRevision: revision + 1 };
  await tx.pipeline.upsert({
    where: { workspaceId_pipelineId: place },
    create: { ...place, activeVersion, ...now },
    update: now,
  });
  return { revision: revision + 1 };
}

type VersionRow = Omit<StoredVersion, "text"> & { text: string | null };

function toVersion({
  version,
  text,
  document,
  note,
  restoredFrom,
  createdBy,
  createdAt,
}: VersionRow): StoredVersion {
  const written = text ?? `${JSON.stringify(document, null, 2)}\n`;
  return { version, text: written, document, note, restoredFrom, createdBy, createdAt };
}
