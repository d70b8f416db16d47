import { Failure } from "../../../domain/shared/failure";
import type { ArchiveStore } from "./archive-store";

/** That a pipeline may start something. Failures: `conflict` where it is archived. */
export async function refuseArchived(
  store: Pick<ArchiveStore, "archiveMark">,
  workspaceId: string,
  pipelineId: string,
): Promise<void> {
  if ((await store.archiveMark(workspaceId, pipelineId)) !== null) throw archivedFailure(pipelineId);
}

/** Why an archived pipeline starts nothing. */
export const archivedFailure = (pipelineId: string): Failure =>
  new Failure("conflict", `${pipelineId} is archived: nothing starts it.`, {
    hint: "Bring it back first: an engineer does, on its page.",
  });
