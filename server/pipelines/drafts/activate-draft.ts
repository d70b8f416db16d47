import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type DraftScope, draftConflict, headOf } from "./draft-scope";
import { PipelineIdInput } from "./get-draft";
import { readSound } from "./read-sound";

export const ActivateInput = PipelineIdInput.extend({
  /** The revision that the author saw: nothing else is activated. */
  baseRevision: z.int().min(0),
  /** What the version is about. */
  note: z.string().trim().max(2_000).optional(),
  /** The author has looked at a draft that somebody else saved last, and stands for it. */
  acceptOthers: z.boolean().optional(),
});
export const ActivateResult = z.object({ version: z.int(), revision: z.int() });

/**
 * Makes the draft the next version, which schedules and Run use from now on. Failures: `invalid_input` with every reason
 * where it cannot run; `conflict` where somebody saved since, or where the draft is another person's.
 */
export async function activateDraft(
  scope: DraftScope,
  { pipelineId, baseRevision, note, acceptOthers = false }: z.infer<typeof ActivateInput>,
): Promise<z.infer<typeof ActivateResult>> {
  requireRole(scope, "engineer");
  const head = await headOf(scope, pipelineId);
  if (head.revision !== baseRevision) throw draftConflict(pipelineId, head);
  const { draft } = head;
  if (draft === null)
    throw new Failure("conflict", `${pipelineId} has no draft: nothing is there to activate.`);
  if (draft.by !== scope.actor.name && !acceptOthers)
    throw new Failure("conflict", `The draft of ${pipelineId} was saved last by ${draft.by}.`, {
      hint: "Look at what it changes, then activate it as yours.",
    });
  const document = readSound(draft.text, pipelineId);
  const activated = await scope.drafts.activate({
    workspaceId: scope.workspace.id,
    pipelineId,
    baseRevision,
    text: draft.text,
    document,
    note: note === undefined || note === "" ? null : note,
    restoredFrom: null,
    by: scope.actor.name,
    at: scope.clock.now(),
  });
  if (activated === null) throw draftConflict(pipelineId, await headOf(scope, pipelineId));
  await recordAudit(scope, "pipeline.activated", pipelineId, { version: activated.version });
  return activated;
}
