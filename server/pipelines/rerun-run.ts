import { randomUUID } from "node:crypto";
import { z } from "zod";
import { planRerun } from "../../domain/pipelines/plan-rerun";
import { Failure } from "../../domain/shared/failure";
import { isFinal } from "../../domain/shared/is-final";
import { recordAudit, requireRole } from "../workspaces/index";
import { launchRun, StartedRun } from "./launch-run";
import { type ActingScope, ownRun } from "./pipeline-scope";

export const RerunInput = z.object({
  runId: z.string(),
  /** A task: it and all behind it run again. */
  from: z.string().optional(),
  /** Only what did not succeed, and what stands behind it. */
  only: z.literal("failed").optional(),
  /** Says what would run, and starts nothing. */
  preview: z.boolean().optional(),
});
export type RerunInput = z.infer<typeof RerunInput>;

export const RerunResult = z.object({
  /** The new run; null where only a preview was asked for. */
  id: StartedRun.shape.id.nullable(),
  status: StartedRun.shape.status.nullable(),
  /** Ids of the tasks that run again, in the document's order. */
  again: z.array(z.string()),
  /** Ids of the tasks whose results are taken over. */
  reused: z.array(z.string()),
});
export type RerunResult = z.infer<typeof RerunResult>;

/**
 * Runs an ended run's version again, taking over the results of the tasks that need not run; with `preview` it only says
 * which are which. Failures: `not_found`, `conflict` where the run is still going, `invalid_input` (no such task).
 */
export async function rerunRun(
  scope: ActingScope,
  { runId, from, only, preview }: RerunInput,
): Promise<RerunResult> {
  requireRole(scope, "analyst");
  const origin = await ownRun(scope, runId);
  if (!isFinal(origin.status)) {
    throw new Failure("conflict", "This run is still going.", {
      hint: "Wait for its end, or cancel it first.",
    });
  }
  const byId = new Map(origin.tasks.map((task) => [task.taskId, task]));
  const statuses = Object.fromEntries(origin.tasks.map((task) => [task.taskId, task.status]));
  const { reused, again } = planRerun(origin.document.tasks, statuses, { from, only });
  if (preview === true) return { id: null, status: null, again, reused };
  const id = randomUUID();
  const started = await launchRun(scope, {
    id,
    workspaceId: origin.workspaceId,
    pipelineId: origin.pipelineId,
    pipelineVersion: origin.pipelineVersion,
    startedBy: scope.actor.name,
    rerunOf: origin.id,
    createdAt: scope.clock.now(),
    tasks: origin.document.tasks.map((task) => ({
      taskId: task.task_id,
      type: task.type,
      reused: reused.includes(task.task_id) ? (byId.get(task.task_id)?.outputs ?? {}) : null,
    })),
  });
  await recordAudit(scope, "run.rerun", origin.id, { runId: id, again });
  return { ...started, again, reused };
}
