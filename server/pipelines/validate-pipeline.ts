import { z } from "zod";
import { parsePipeline } from "../../domain/pipelines/document/parse-pipeline";
import { requireRole, type WorkspaceScope } from "../workspaces/index";

export const ValidatePipelineInput = z.object({ pipelineId: z.string().optional(), document: z.unknown() });
export const ValidatePipelineResult = z.object({
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })),
});

/** Every complaint about a document, each with its place; none where it could be saved. */
export async function validatePipeline(
  scope: WorkspaceScope,
  { document }: z.infer<typeof ValidatePipelineInput>,
) {
  requireRole(scope, "viewer");
  const parsed = parsePipeline(document);
  return { errors: parsed.ok ? [] : parsed.errors };
}
