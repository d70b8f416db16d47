import { Failure } from "../../../domain/shared/failure";
import type { Rows, WorkspaceScope } from "../../workspaces/index";
import type { DraftStore, PipelineHead } from "./draft-store";

export type DraftScope = WorkspaceScope<{ drafts: DraftStore; db: Rows }>;

/** Failures: `not_found`. */
export async function headOf(scope: DraftScope, pipelineId: string): Promise<PipelineHead> {
  const head = await scope.drafts.head(scope.workspace.id, pipelineId);
  if (head === null) throw new Failure("not_found", `There is no pipeline ${pipelineId} in this workspace.`);
  return head;
}

/** The text that is edited: the draft, or the active version's. */
export async function textOf(scope: DraftScope, pipelineId: string, head: PipelineHead): Promise<string> {
  if (head.draft !== null) return head.draft.text;
  const place = { workspaceId: scope.workspace.id, pipelineId };
  const active = head.activeVersion === null ? null : await scope.drafts.version(place, head.activeVersion);
  return active?.text ?? "";
}

/** Somebody saved, discarded or activated since the revision that the author saw. */
export function draftConflict(pipelineId: string, head: PipelineHead): Failure {
  const { draft, activeVersion } = head;
  const who =
    draft === null
      ? `version ${activeVersion ?? 1} was activated, or the draft was discarded`
      : `${draft.by} saved the draft at ${draft.at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return new Failure("conflict", `${pipelineId} has changed since you opened it: ${who}.`, {
    hint: "Take in the newer text, then save yours on top of it.",
  });
}
