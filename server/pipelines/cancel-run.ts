import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { isFinal } from "../../domain/shared/is-final";
import { recordAudit, requireRole } from "../workspaces/index";
import type { StartedRun } from "./launch-run";
import { type ActingScope, ownRun } from "./pipeline-scope";
import { taskWorkflowId } from "./run-task";

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
  const run = await ownRun(scope, runId);
  const cancelled = await scope.store.cancelRun(runId, scope.actor.name, scope.clock.now());
  if (!cancelled) {
    const status = await scope.store.status(runId);
    if (status === "cancelled") return { id: runId, status };
    throw new Failure("conflict", "This run has already ended.");
  }
  await recordAudit(scope, "run.cancelled", runId, { pipelineId: run.pipelineId });
  // The worker sees the run's state and stops the job too; asking from here works while the worker is down.
  const jobIds = run.tasks
    .filter((task) => !isFinal(task.status))
    .flatMap((task) =>
      task.attempts.flatMap(({ jobId, status }) => (jobId === null || isFinal(status) ? [] : [jobId])),
    );
  const { workflows, jobRunner } = scope;
  await Promise.allSettled([
    workflows.cancel(runId),
    ...run.tasks.map((task) => workflows.cancel(taskWorkflowId(runId, task.taskId))),
    ...jobIds.map((jobId) => jobRunner?.stop(jobId)),
  ]);
  return { id: runId, status: "cancelled" };
}
