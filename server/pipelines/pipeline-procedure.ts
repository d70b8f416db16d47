import { roleProcedure } from "../trpc/trpc";
import { prismaDraftStore } from "./drafts/draft-rows";
import { prismaPipelineStore } from "./store";

/** A procedure of this room: its scope has the stores of pipelines, runs and drafts. */
export const pipelineProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(({ ctx, next }) =>
    next({
      ctx: {
        ...ctx,
        scope: {
          ...ctx.scope,
          store: prismaPipelineStore(ctx.scope.db),
          drafts: prismaDraftStore(ctx.scope.db),
        },
      },
    }),
  );
