import { z } from "zod";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type DraftScope, draftConflict, headOf } from "./draft-scope";
import { DraftView, getDraft, PipelineIdInput } from "./get-draft";

const MOST_CHARACTERS = 20_000_000;

export const SaveDraftInput = PipelineIdInput.extend({
  text: z.string().max(MOST_CHARACTERS),
  /** The revision of the text that the author started from. */
  baseRevision: z.int().min(0),
});
/** `conflict`: somebody saved meanwhile. Nothing was written, and `theirs` is what stands there now. */
export const SaveDraftResult = z.discriminatedUnion("saved", [
  z.object({ saved: z.literal(true), revision: z.int() }),
  z.object({ saved: z.literal(false), theirs: DraftView }),
]);

/** Keeps the text of a draft, whatever it says. Never over what the author has not seen. */
export async function saveDraft(
  scope: DraftScope,
  { pipelineId, text, baseRevision }: z.infer<typeof SaveDraftInput>,
): Promise<z.infer<typeof SaveDraftResult>> {
  requireRole(scope, "engineer");
  await headOf(scope, pipelineId);
  const write = { workspaceId: scope.workspace.id, pipelineId, text, baseRevision };
  const saved = await scope.drafts.saveDraft({ ...write, by: scope.actor.name, at: scope.clock.now() });
  if (saved !== null) return { saved: true, ...saved };
  return { saved: false, theirs: await getDraft(scope, { pipelineId }) };
}

export const DiscardDraftInput = PipelineIdInput.extend({ baseRevision: z.int().min(0) });

/** Back to the active version. Failures: `conflict` where somebody saved meanwhile, or where no version is active. */
export async function discardDraft(
  scope: DraftScope,
  { pipelineId, baseRevision }: z.infer<typeof DiscardDraftInput>,
): Promise<DraftView> {
  requireRole(scope, "engineer");
  const head = await headOf(scope, pipelineId);
  const place = { workspaceId: scope.workspace.id, pipelineId };
  const discarded =
    head.activeVersion === null ? null : await scope.drafts.discardDraft({ ...place, baseRevision });
  if (discarded === null) throw draftConflict(pipelineId, await headOf(scope, pipelineId));
  await recordAudit(scope, "pipeline.draft_discarded", pipelineId);
  return getDraft(scope, { pipelineId });
}
