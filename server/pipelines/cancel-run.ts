import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit, requireRole } from "../workspaces/index";
import type { StartedRun } from "./launch-run";
import { type ActingScope, ownRun } from "./pipeline-scope";
import { endRunNow } from "./running/end-run-now";

export const CancelRunInput = z.object({ runId: z.string() });

/**
 * Ends a run at once: its started tasks are cancelled, the others skipped, its jobs stopped. Cancelling a cancelled run
 * changes nothing. Failures: `conflict` where it ended otherwise.
 */
export async function cancelRun(
  scope: ActingScope,
  { runId }: z.infer<typeof CancelRunInput>,
): Promise<StartedRun> {
  requireRole(scope, "analyst");
  const { pipelineId } = await ownRun(scope, runId);
  if (!(await endRunNow(scope, runId, scope.actor.name))) {
    const status = await scope.store.status(runId);
    if (status === "cancelled") return { id: runId, status };
    throw new Failure("conflict", "This run has already ended.");
  }
  await recordAudit(scope, "run.cancelled", runId, { pipelineId });
  return { id: runId, status: "cancelled" };
}
