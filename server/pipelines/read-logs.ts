import { z } from "zod";
import type { LogLineView } from "../../domain/pipelines/run-view";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import { ownRun, type PipelineScope } from "./pipeline-scope";

export const ReadLogsInput = z.object({
  runId: z.string(),
  taskId: z.string().optional(),
  /** The same as `taskId`, as the HTTP API calls it. */
  task: z.string().optional(),
  /** Without it, the lines of all attempts. */
  attempt: z.number().int().min(1).optional(),
  /** Only lines after this one; without `attempt` it counts in the newest attempt. */
  afterSeq: z.number().int().min(-1).optional(),
  limit: z.number().int().min(1).max(5_000).default(1_000),
});
export type ReadLogsInput = z.input<typeof ReadLogsInput>;

/** Log lines of a task, oldest first. */
export async function readLogs(scope: PipelineScope, input: ReadLogsInput): Promise<LogLineView[]> {
  requireRole(scope, "viewer");
  const { runId, afterSeq, limit = 1_000 } = input;
  const run = await ownRun(scope, runId);
  const taskId = input.taskId ?? input.task;
  const task = run.tasks.find((each) => each.taskId === taskId);
  if (taskId === undefined || task === undefined) {
    throw new Failure(
      taskId === undefined ? "invalid_input" : "not_found",
      taskId === undefined ? "Say which task's log." : `There is no task ${taskId} in this run.`,
      {
        hint: `Tasks: ${run.tasks.map((each) => each.taskId).join(", ")}.`,
      },
    );
  }
  const attempt = input.attempt ?? (afterSeq === undefined ? undefined : (task.attempts.at(-1)?.number ?? 1));
  return scope.store.logLines({
    runId,
    taskId,
    attempt,
    after: afterSeq === undefined || attempt === undefined ? undefined : { attempt, seq: afterSeq },
    limit,
  });
}
