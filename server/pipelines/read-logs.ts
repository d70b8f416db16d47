import { z } from "zod";
import type { LogLineView } from "../../domain/pipelines/run-view";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import { ownRun, type PipelineScope, requireOwn } from "./pipeline-scope";

export const ReadLogsInput = z.object({
  runId: z.string(),
  taskId: z.string().optional(),
  /** The same as `taskId`, as the HTTP API calls it. */
  task: z.string().optional(),
  /** Without it, the lines of all attempts. */
  attempt: z.number().int().min(1).optional(),
  /** Only lines after this one; without `attempt` it counts in the newest attempt. */
  afterSeq: z.number().int().min(-1).optional(),
  /** Only lines after this place, over all attempts: `<attempt>.<seq>` of the last line of the page before. */
  after: z
    .string()
    .regex(/^\d+\.\d+$/, "A place is <attempt>.<seq>, such as 1.999")
    .optional(),
  /** The last lines in place of the first; in their order, too. */
  newest: z.boolean().optional(),
  limit: z.number().int().min(1).max(5_000).default(1_000),
});
export type ReadLogsInput = z.input<typeof ReadLogsInput>;

/** Log lines of a task, oldest first, a page at a time. */
export async function readLogs(scope: PipelineScope, input: ReadLogsInput): Promise<LogLineView[]> {
  requireRole(scope, "viewer");
  const { runId, afterSeq, newest, limit = 1_000 } = input;
  await requireOwn(scope, runId);
  const taskId = input.taskId ?? input.task;
  if (taskId === undefined) {
    throw new Failure("invalid_input", "Say which task's log.", { hint: await tasksOf(scope, runId) });
  }
  const [task] = await scope.store.someTasks(runId, [taskId]);
  if (task === undefined) {
    throw new Failure("not_found", `There is no task ${taskId} in this run.`, {
      hint: await tasksOf(scope, runId),
    });
  }
  const attempt = input.attempt ?? (afterSeq === undefined ? undefined : (task.attempts.at(-1)?.number ?? 1));
  const behind = afterSeq === undefined || attempt === undefined ? undefined : { attempt, seq: afterSeq };
  return scope.store.logLines({
    runId,
    taskId,
    attempt,
    after: placeOf(input.after) ?? behind,
    newest,
    limit,
  });
}

function placeOf(after: string | undefined): { attempt: number; seq: number } | undefined {
  const [attempt, seq] = (after ?? "").split(".").map(Number);
  return attempt === undefined || seq === undefined ? undefined : { attempt, seq };
}

const MOST_NAMED = 20;

async function tasksOf(scope: PipelineScope, runId: string): Promise<string> {
  const names = (await ownRun(scope, runId)).document.tasks.map(({ task_id }) => task_id);
  const more = names.length > MOST_NAMED ? `, and ${names.length - MOST_NAMED} more` : "";
  return `Tasks: ${names.slice(0, MOST_NAMED).join(", ")}${more}.`;
}
