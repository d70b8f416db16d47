import { roleProcedure, router } from "../../trpc/trpc";
import { GetKnowledgeInput, getKnowledge, KnowledgeView } from "./get-knowledge";
import { prismaKnowledgeStore } from "./knowledge-rows";
import { ValidatePipelineInput, ValidatePipelineResult, validatePipeline } from "./validate-pipeline";

const view = roleProcedure("viewer").use(({ ctx, next }) =>
  next({ ctx: { ...ctx, scope: { ...ctx.scope, knowledge: prismaKnowledgeStore(ctx.scope.db) } } }),
);

/** What a pipeline may name, and what is wrong with one. */
export const knowledgeRouter = router({
  knowledge: view
    .input(GetKnowledgeInput)
    .output(KnowledgeView)
    .query(({ ctx, input }) => getKnowledge(ctx.scope, input)),
  validate: view
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/validate",
        summary: "Every problem of a pipeline document, with its place",
        bodyField: "document",
      },
    })
    .input(ValidatePipelineInput)
    .output(ValidatePipelineResult)
    .mutation(({ ctx, input }) => validatePipeline(ctx.scope, input)),
});
