import type { Db } from "../../workspaces/index";
import { markOf } from "./archive-mark";
import type { ArchiveStore } from "./archive-store";

/** Archived pipelines in the app's database. */
export const archiveRows = (db: Db): ArchiveStore => ({
  archived: async (workspaceId) => {
    const rows = await db.pipeline.findMany({
      where: { workspaceId, archivedAt: { not: null } },
      select: { pipelineId: true, archivedAt: true, archivedBy: true },
      orderBy: [{ archivedAt: "desc" }, { pipelineId: "asc" }],
    });
    return rows.flatMap(({ pipelineId, ...row }) => {
      const mark = markOf(row);
      return mark === null ? [] : [{ pipelineId, ...mark }];
    });
  },

  archiveMark: async (workspaceId, pipelineId) => {
    const row = await db.pipeline.findUnique({
      where: { workspaceId_pipelineId: { workspaceId, pipelineId } },
      select: { archivedAt: true, archivedBy: true },
    });
    return row === null ? null : markOf(row);
  },

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
