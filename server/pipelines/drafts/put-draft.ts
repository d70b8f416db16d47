import { Identifier } from "../../../domain/pipelines/document/fields";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type DraftScope, draftConflict } from "./draft-scope";

/**
 * Makes a document the draft, sound or not, where nobody else has one. Failures: `invalid_input` where it does not name
 * its pipeline; `conflict` where another person's draft would be lost.
 */
export async function putDraft(
  scope: DraftScope,
  { pipelineId, document }: { pipelineId: string | undefined; document: unknown },
): Promise<{ version: number | null }> {
  requireRole(scope, "engineer");
  const id = Identifier.safeParse((document as { pipeline_id?: unknown } | null)?.pipeline_id);
  if (!id.success || (pipelineId !== undefined && pipelineId !== id.data))
    throw new Failure("invalid_input", "The document does not name its pipeline.", {
      errors: [
        { pointer: "/pipeline_id", message: `Write the id${pipelineId ? ` ${pipelineId}` : ""} here.` },
      ],
    });
  const write = {
    workspaceId: scope.workspace.id,
    pipelineId: id.data,
    text: `${JSON.stringify(document, null, 2)}\n`,
    by: scope.actor.name,
    at: scope.clock.now(),
  };
  const head = await scope.drafts.head(write.workspaceId, id.data);
  if (head === null) {
    if (!(await scope.drafts.create(write))) throw taken(id.data);
  } else {
    if (head.draft !== null && head.draft.by !== write.by) throw draftConflict(id.data, head);
    if ((await scope.drafts.saveDraft({ ...write, baseRevision: head.revision })) === null)
      throw taken(id.data);
  }
  await recordAudit(scope, "pipeline.draft_saved", id.data);
  return { version: head?.activeVersion ?? null };
}

const taken = (pipelineId: string): Failure =>
  new Failure("conflict", `Somebody else saved ${pipelineId} at this moment.`, { retryable: true });
