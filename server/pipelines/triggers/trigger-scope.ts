import { Failure } from "../../../domain/shared/failure";
import type { Rows, WorkspaceScope } from "../../workspaces/index";
import { archivedFailure } from "../archive/refuse-archived";
import type { Runnable, StoredBackfill, TriggerStore } from "./trigger-store";

/** What the verbs on schedules and back-fills need; `db` is for the audit log. */
export type TriggerScope = WorkspaceScope<{ triggers: TriggerStore; db: Rows }>;

/**
 * The active version of a pipeline of this workspace. Failures: `not_found`, `conflict` where there is only a draft or it is
 * archived.
 */
export async function activeVersion(scope: TriggerScope, pipelineId: string) {
  const { triggers, workspace } = scope;
  const state = await triggers.scheduleState(workspace.id, pipelineId);
  if (state === null) throw new Failure("not_found", `There is no pipeline ${pipelineId} in this workspace.`);
  if (state.isArchived) throw archivedFailure(pipelineId);
  const runnable: Runnable | null =
    state.version === null ? null : await triggers.runnable(workspace.id, pipelineId, state.version);
  if (runnable === null) {
    throw new Failure("conflict", `${pipelineId} has no version that runs: there is only a draft.`, {
      hint: "Activate the draft first.",
    });
  }
  return { ...state, runnable };
}

/** A back-fill of this workspace. Failures: `not_found`, for those of others too. */
export async function ownBackfill(scope: TriggerScope, id: string): Promise<StoredBackfill> {
  const found = await scope.triggers.backfill(id);
  if (found !== null && found.workspaceId === scope.workspace.id) return found;
  throw new Failure("not_found", `There is no back-fill ${id} in this workspace.`);
}
