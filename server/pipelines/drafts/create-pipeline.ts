import { z } from "zod";
import { Identifier } from "../../../domain/pipelines/document/fields";
import { applyOperation } from "../../../domain/pipelines/edit/apply-operation";
import { parseText } from "../../../domain/pipelines/edit/text/parse-text";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import type { DraftScope } from "./draft-scope";

export const CreatePipelineInput = z.object({
  pipelineId: Identifier,
  name: z.string().trim().min(1).max(200),
  /** A document that it starts from, with comments or without; its id and name are replaced. */
  text: z.string().max(20_000_000).optional(),
});
export const CreatePipelineResult = z.object({ pipelineId: z.string(), revision: z.int() });

/** A new pipeline, which is a draft until it is activated. Failures: `conflict` where the id is taken. */
export async function createPipeline(
  scope: DraftScope,
  { pipelineId, name, text }: z.infer<typeof CreatePipelineInput>,
): Promise<z.infer<typeof CreatePipelineResult>> {
  requireRole(scope, "engineer");
  const created = await scope.drafts.create({
    workspaceId: scope.workspace.id,
    pipelineId,
    text: text === undefined ? emptyText(pipelineId, name) : namedText(text, pipelineId, name),
    by: scope.actor.name,
    at: scope.clock.now(),
  });
  if (!created)
    throw new Failure("conflict", `There is a pipeline ${pipelineId} already.`, {
      hint: "Choose another id.",
    });
  await recordAudit(scope, "pipeline.created", pipelineId);
  return { pipelineId, revision: 1 };
}

const emptyText = (pipelineId: string, name: string): string =>
  `${JSON.stringify({ pipeline_id: pipelineId, name, tasks: [] }, null, 2)}\n`;

/** The text with its own id and name. A broken one is refused: its author has it before the eyes still. */
function namedText(text: string, pipelineId: string, name: string): string {
  const parsed = parseText(text);
  if (!parsed.ok) {
    const { line, message } = parsed.mistake;
    throw new Failure("invalid_input", "The document cannot be read.", {
      errors: [{ pointer: "/text", message: `Line ${line}: ${message}.` }],
    });
  }
  return [
    { pointer: "/pipeline_id", value: pipelineId },
    { pointer: "/name", value: name },
  ].reduce((before, field) => {
    const applied = applyOperation(before, { kind: "set_field", ...field });
    if (!applied.ok) throw new Failure("invalid_input", applied.message);
    return applied.text;
  }, text);
}
