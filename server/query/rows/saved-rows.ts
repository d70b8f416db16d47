import { Dialect } from "../../../domain/query/dialect";
import { QueryParameter } from "../../../domain/query/query-parameter";
import type { SavedContent, SavedQueryStore, SavedVersion } from "../query-store";
import { nextVersion } from "../saved/next-version";
import type { Db, Json } from "../store";
import { serialised } from "./serialised";

type Row = {
  name: string;
  version: number;
  dialect: string;
  sql: string;
  parameters: unknown;
  chart: unknown;
  createdBy: string;
  createdAt: Date;
};

const toVersion = ({
  name,
  version,
  dialect,
  sql,
  parameters,
  chart,
  createdBy,
  createdAt,
}: Row): SavedVersion => ({
  name,
  version,
  sql,
  dialect: Dialect.parse(dialect),
  parameters: QueryParameter.array().parse(parameters),
  chart: (chart ?? null) as SavedContent["chart"],
  createdBy,
  createdAt,
});

export const savedRows = (db: Db): SavedQueryStore => ({
  savedQueries: async (workspaceId) => {
    const [queries, versions] = await Promise.all([
      db.savedQuery.findMany({ where: { workspaceId }, select: { name: true, version: true } }),
      db.savedQueryVersion.findMany({
        where: { workspaceId },
        orderBy: [{ name: "asc" }, { version: "desc" }],
        distinct: ["name"],
      }),
    ]);
    const current = new Set(queries.map(({ name }) => name));
    return versions.filter(({ name }) => current.has(name)).map(toVersion);
  },

  currentVersion: async (workspaceId, name) => {
    const row = await db.savedQuery.findUnique({
      where: { workspaceId_name: { workspaceId, name } },
      select: { version: true },
    });
    return row?.version ?? null;
  },

  savedVersion: async (workspaceId, name, version) => {
    const row = await db.savedQueryVersion.findUnique({
      where: { workspaceId_name_version: { workspaceId, name, version } },
    });
    return row === null ? null : toVersion(row);
  },

  savedVersions: async (workspaceId, name) => {
    const where = { workspaceId, name };
    return (await db.savedQueryVersion.findMany({ where, orderBy: { version: "desc" } })).map(toVersion);
  },

  saveVersion: ({ workspaceId, name, content, expectedVersion, by, at }) =>
    serialised(db, `saved query ${workspaceId} ${name}`, async (tx) => {
      const key = { workspaceId, name };
      const held = await tx.savedQuery.findUnique({ where: { workspaceId_name: key } });
      const row = await tx.savedQueryVersion.findFirst({ where: key, orderBy: { version: "desc" } });
      const newest = row === null ? null : toVersion(row);
      const state = { current: held?.version ?? null, newest };
      const version = nextVersion(name, state, content, expectedVersion);
      if (version === null) return { version: newest?.version ?? 0, isNew: false };
      const { sql, dialect, parameters, chart } = content;
      await tx.savedQueryVersion.create({
        data: {
          ...key,
          version,
          sql,
          dialect,
          parameters: parameters as Json,
          ...(chart === null ? {} : { chart: chart as Json }),
          createdBy: by,
          createdAt: at,
        },
      });
      await tx.savedQuery.upsert({
        where: { workspaceId_name: key },
        create: { ...key, sql, dialect, version },
        update: { sql, dialect, version },
      });
      return { version, isNew: true };
    }),

  removeSaved: async (workspaceId, name) =>
    (await db.savedQuery.deleteMany({ where: { workspaceId, name } })).count === 1,
});
