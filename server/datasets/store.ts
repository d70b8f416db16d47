import { isDeepStrictEqual } from "node:util";
import { DataSetKind } from "../../domain/datasets/data-set-record";
import { Publication } from "../../domain/datasets/publication";
import type { Prisma, PrismaClient } from "../db/client";
import { recordAudit } from "../workspaces/index";
import { contentConflict } from "./content-conflict";
import type { DataSetStore, HeldPublication } from "./data-set-store";

type Db = PrismaClient;

const NEWEST_FIRST = { seq: "desc" } as const;

/** Owners, publications, and the versions of reports and dashboards, in the app's database. */
export const prismaDataSetStore = (db: Db): DataSetStore => ({
  owners: async (workspaceId) => {
    const rows = await db.dataSetOwner.findMany({ where: { workspaceId } });
    return rows.map(({ kind, name, owner }) => ({ kind: DataSetKind.parse(kind), name, owner }));
  },

  setOwner: async (workspaceId, { kind, name }, owner, setBy, setAt) => {
    const key = { workspaceId, kind, name };
    if (owner === null) await db.dataSetOwner.deleteMany({ where: key });
    else
      await db.dataSetOwner.upsert({
        where: { workspaceId_kind_name: key },
        create: { ...key, owner, setBy, setAt },
        update: { owner, setBy, setAt },
      });
  },

  latestPublications: async (workspaceId) => {
    const rows = await db.publication.findMany({
      where: { workspaceId, status: "done" },
      orderBy: [{ kind: "asc" }, { name: "asc" }, NEWEST_FIRST],
      distinct: ["kind", "name"],
    });
    return rows.map(toPublication);
  },

  intendedPublications: async (workspaceId) =>
    (await db.publication.findMany({ where: { workspaceId, status: "intended" } })).map(toPublication),

  publications: async (workspaceId, { kind, name }) => {
    const where = { workspaceId, kind, name, status: { not: "void" } };
    return (await db.publication.findMany({ where, orderBy: { seq: "asc" } })).map(toPublication);
  },

  publication: async (workspaceId, id) => {
    const row = await db.publication.findFirst({ where: { workspaceId, id } });
    return row === null ? null : { ...toPublication(row), isVoid: row.status === "void" };
  },

  begin: (workspaceId, publication, after) =>
    serialised(db, `publication ${workspaceId} ${publication.kind} ${publication.name}`, async (tx) => {
      const { id, kind, name, actor, by, ...rest } = publication;
      const newest = await tx.publication.findFirst({
        where: { workspaceId, kind, name, status: { not: "void" } },
        orderBy: NEWEST_FIRST,
      });
      if ((newest?.id ?? null) !== after) return false;
      await tx.publication.deleteMany({ where: { id, workspaceId, status: "void" } });
      await tx.publication.create({ data: { id, workspaceId, kind, name, actor, actorName: by, ...rest } });
      return true;
    }),

  settle: (workspaceId, publication, status, settledAt) =>
    db.$transaction(async (tx) => {
      const { id, kind, name, act, version, previousVersion, branch, note, actor, by } = publication;
      const { count } = await tx.publication.updateMany({
        where: { id, workspaceId, status: { in: status === "done" ? ["intended", "void"] : ["intended"] } },
        data: { status, settledAt },
      });
      if (count === 1 && status === "done")
        await recordAudit(
          { db: tx, workspace: { id: workspaceId }, actor: { id: actor, name: by } },
          act === "publish" ? "data_set.published" : "data_set.publication_undone",
          name,
          { kind, version, previousVersion, ...(branch === null ? {} : { branch }), note, publicationId: id },
        );
      return count === 1;
    }),

  saveContent: (workspaceId, { kind, name, content, baseVersion, by, at }) =>
    serialised(db, `content ${workspaceId} ${kind} ${name}`, async (tx) => {
      const key = { workspaceId, kind, name };
      const newest = await tx.contentVersion.findFirst({ where: key, orderBy: { version: "desc" } });
      if (newest !== null && isDeepStrictEqual(newest.content, content))
        return { version: newest.version, isNew: false };
      const last = newest?.version ?? 0;
      if (baseVersion !== undefined && baseVersion !== last)
        throw contentConflict(name, last, newest?.createdBy ?? "nobody");
      await tx.contentVersion.create({
        data: {
          ...key,
          version: last + 1,
          content: content as Prisma.InputJsonValue,
          createdBy: by,
          createdAt: at,
        },
      });
      return { version: last + 1, isNew: true };
    }),

  newestContents: async (workspaceId, kind) => {
    const rows = await db.contentVersion.findMany({
      where: { workspaceId, kind },
      orderBy: [{ name: "asc" }, { version: "desc" }],
      distinct: ["name"],
    });
    return rows.map(toContent);
  },

  contentVersions: async (workspaceId, kind, name) => {
    const rows = await db.contentVersion.findMany({
      where: { workspaceId, kind, name },
      orderBy: { version: "desc" },
      select: { version: true, createdAt: true, createdBy: true },
    });
    return rows.map(({ version, createdAt, createdBy }) => ({
      version: String(version),
      at: createdAt,
      by: createdBy,
      detail: "",
    }));
  },

  content: async (workspaceId, kind, name, version) => {
    const row = await db.contentVersion.findFirst({
      where: { workspaceId, kind, name, ...(version === undefined ? {} : { version }) },
      orderBy: { version: "desc" },
    });
    return row === null ? null : toContent(row);
  },
});

/** Runs `act` in a transaction, one at a time for each `name`. */
async function serialised<T>(
  db: Db,
  name: string,
  act: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    return act(tx);
  });
}

type PublicationRow = Prisma.PublicationGetPayload<object>;

const toPublication = ({ actorName, status, ...row }: PublicationRow): HeldPublication => ({
  ...Publication.parse({ ...row, by: actorName, status: status === "done" ? "done" : "intended" }),
  actor: row.actor,
});

const toContent = (row: {
  name: string;
  version: number;
  content: unknown;
  createdAt: Date;
  createdBy: string;
}) => ({
  name: row.name,
  version: row.version,
  content: row.content,
  at: row.createdAt,
  by: row.createdBy,
});
