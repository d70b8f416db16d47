import type { LakeVersion, LakeVersionStore } from "../engines/local-lake/lake-version";
import type { PrismaClient } from "./client";
import type { LakeTableVersion } from "./generated/client";

const UNIQUE_VIOLATION = "P2002";
const ATTEMPTS = 10;

/** The versions of lake tables, in the app's database. */
export function lakeTableStore(db: PrismaClient): LakeVersionStore {
  return {
    async current(workspaceId) {
      const rows = await db.lakeTableVersion.findMany({
        where: { workspaceId },
        orderBy: [{ name: "asc" }, { version: "desc" }],
        distinct: ["name"],
      });
      return rows.map(toVersion);
    },

    async find(workspaceId, name) {
      const row = await db.lakeTableVersion.findFirst({
        where: { workspaceId, name },
        orderBy: { version: "desc" },
      });
      return row === null ? null : toVersion(row);
    },

    async append(version) {
      const { workspaceId, name, idempotencyKey } = version;
      for (let attempt = 1; ; attempt++) {
        const earlier = await db.lakeTableVersion.findUnique({
          where: { workspaceId_name_idempotencyKey: { workspaceId, name, idempotencyKey } },
        });
        if (earlier !== null) return toVersion(earlier);
        const last = await db.lakeTableVersion.aggregate({
          where: { workspaceId, name },
          _max: { version: true },
        });
        try {
          const row = await db.lakeTableVersion.create({
            data: {
              ...version,
              version: (last._max.version ?? 0) + 1,
              rowCount: BigInt(version.rowCount),
              bytes: BigInt(version.bytes),
            },
          });
          return toVersion(row);
        } catch (error) {
          const lostTheRace = (error as { code?: string }).code === UNIQUE_VIOLATION;
          if (!lostTheRace || attempt === ATTEMPTS) throw error;
        }
      }
    },
  };
}

function toVersion(row: LakeTableVersion): LakeVersion {
  return {
    ...row,
    rowCount: Number(row.rowCount),
    bytes: Number(row.bytes),
    columns: row.columns as LakeVersion["columns"],
  };
}
