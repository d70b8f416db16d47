import type { Db } from "../../workspaces/index";
import type { ArchiveStore } from "./archive-store";

/** Archived pipelines in the app's database. */
export const archiveRows = (db: Db): ArchiveStore => ({
  archived: async (workspaceId) => {
    const rows = await db.pipeline.findMany({
      where: { workspaceId, archivedAt: { not: null } },
      select: { pipelineId: true, archivedAt: true, archivedBy: true, createdAt: true },
      orderBy: [{ archivedAt: "desc" }, { pipelineId: "asc" }],
    });
    return rows.map(({ pipelineId, archivedAt, archivedBy, createdAt }) => ({
      pipelineId,
      by: archivedBy ?? "",
      at: archivedAt ?? createdAt,
    }));
  },

  isArchived: async (workspaceId, pipelineId) =>
    (await db.pipeline.count({ where: { workspaceId, pipelineId, archivedAt: { not: null } } })) > 0,

  setArchived: async (workspaceId, pipelineId, { by, at }) => {
    const where = { workspaceId, pipelineId };
    if (by === null) {
      const { count } = await db.pipeline.updateMany({
        where: { ...where, archivedAt: { not: null } },
        data: { archivedAt: null, archivedBy: null, dealtUntil: at },
      });
      return count > 0;
    }
    // One that was only ever saved as versions has no row of its own yet.
    await db.pipeline.createMany({ data: [where], skipDuplicates: true });
    const { count } = await db.pipeline.updateMany({
      where: { ...where, archivedAt: null },
      data: { archivedAt: at, archivedBy: by },
    });
    return count > 0;
  },
});
