import { z } from "zod";
import { checkPipeline } from "../../../domain/pipelines/problems/check-pipeline";
import { PROBLEM_CODES } from "../../../domain/pipelines/problems/problem";
import { requireRole, type WorkspaceScope } from "../../workspaces/index";
import { type KnowledgeSockets, readKnowledge } from "./read-knowledge";

export const ValidatePipelineInput = z.object({ pipelineId: z.string().optional(), document: z.unknown() });

const ProblemView = z.object({
  /** JSON pointer into the document. */
  pointer: z.string(),
  taskId: z.string().nullable(),
  severity: z.enum(["error", "warning"]),
  code: z.enum(PROBLEM_CODES),
  message: z.string(),
  hint: z.string().nullable(),
  /** Setting `value` at `pointer` mends it. */
  fix: z.object({ label: z.string(), pointer: z.string(), value: z.unknown() }).optional(),
});

export const ValidatePipelineResult = z.object({
  /** What forbids to activate the document or makes a run fail. */
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })),
  /** The errors again, and what is worth a look, with what is known of each. */
  problems: z.array(ProblemView),
});

/** Every complaint about a document, each with its place, by what the workspace has. */
export async function validatePipeline(
  scope: WorkspaceScope<KnowledgeSockets>,
  { pipelineId, document }: z.infer<typeof ValidatePipelineInput>,
) {
  requireRole(scope, "viewer");
  const knowledge = await readKnowledge(scope, scope.workspace.id, pipelineId ?? null, scope.clock.now());
  const problems = checkPipeline(document, knowledge);
  const errors = problems.filter((problem) => problem.severity === "error");
  return { errors: errors.map(({ pointer, message }) => ({ pointer, message })), problems };
}
