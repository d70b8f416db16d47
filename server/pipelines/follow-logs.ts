import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { LogLineView } from "../../domain/pipelines/run-view";
import { Failure } from "../../domain/shared/failure";
import { isFinal } from "../../domain/shared/is-final";
import { requireRole } from "../workspaces/index";
import { type PipelineScope, requireOwn } from "./pipeline-scope";

const LOOK_MS = 300;
const MOST_LINES = 2_000;

export const FollowLogsInput = z.object({
  runId: z.string(),
  taskId: z.string(),
  /** Id of the last batch that arrived: the stream goes on behind it. */
  lastEventId: z.string().nullish(),
});
export type FollowLogsInput = z.infer<typeof FollowLogsInput>;

export type LogBatch = { id: string; lines: LogLineView[] };

/** Log lines of all attempts in batches as they appear, each line once, until the task is final or `signal` aborts. */
export async function* followLogs(
  scope: PipelineScope,
  { runId, taskId, lastEventId }: FollowLogsInput,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): AsyncGenerator<LogBatch> {
  requireRole(scope, "viewer");
  await requireOwn(scope, runId);
  let after = place(lastEventId);
  while (!signal.aborted) {
    // The state is read before the lines: whatever was written before the end is then among them.
    const [task] = await scope.store.someTasks(runId, [taskId]);
    if (task === undefined) throw new Failure("not_found", `There is no task ${taskId} in this run.`);
    const lines = await scope.store.logLines({ runId, taskId, after, limit: MOST_LINES });
    const last = lines.at(-1);
    if (last !== undefined) {
      after = { attempt: last.attempt, seq: last.seq };
      yield { id: `${last.attempt}.${last.seq}`, lines };
    }
    if (lines.length === MOST_LINES) continue;
    if (isFinal(task.status)) return;
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

function place(lastEventId: string | null | undefined): { attempt: number; seq: number } | undefined {
  const [, attempt, seq] = /^(\d+)\.(\d+)$/.exec(lastEventId ?? "") ?? [];
  return attempt === undefined || seq === undefined
    ? undefined
    : { attempt: Number(attempt), seq: Number(seq) };
}
