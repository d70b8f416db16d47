import { router } from "../../trpc/trpc";
import { pipelineProcedure } from "../pipeline-procedure";
import { prismaTriggerStore } from "../triggers/trigger-rows";
import {
  ArchiveInput,
  ArchiveResult,
  archivePipeline,
  ListArchivedResult,
  listArchived,
  unarchivePipeline,
} from "./archive-pipeline";

const archiveProcedure = (role: Parameters<typeof pipelineProcedure>[0]) =>
  pipelineProcedure(role).use(({ ctx, next }) =>
    next({ ctx: { ...ctx, scope: { ...ctx.scope, triggers: prismaTriggerStore(ctx.scope.db) } } }),
  );

/** Pipelines that are put away, and brought back. */
export const archiveRouter = router({
  archived: archiveProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/archived-pipelines", summary: "Pipelines that were put away" },
    })
    .output(ListArchivedResult)
    .query(({ ctx }) => listArchived(ctx.scope)),
  archive: archiveProcedure("engineer")
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/archive",
        summary: "Put a pipeline away: nothing starts it, and all of it is kept",
      },
    })
    .input(ArchiveInput)
    .output(ArchiveResult)
    .mutation(({ ctx, input }) => archivePipeline(ctx.scope, input)),
  unarchive: archiveProcedure("engineer")
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/unarchive",
        summary: "Bring an archived pipeline back; its schedule counts from now",
      },
    })
    .input(ArchiveInput)
    .output(ArchiveResult)
    .mutation(({ ctx, input }) => unarchivePipeline(ctx.scope, input)),
});
