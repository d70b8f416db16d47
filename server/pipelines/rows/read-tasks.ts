import { type AttemptView, TaskView } from "../../../domain/pipelines/run-view";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import type { StoredTask } from "../run-store";
import { readError } from "../to-summary";

/** Id, type, status, reused, map, why skipped, why it waits, inputs, outputs, start and end in milliseconds. */
type TaskCells = [
  string,
  string,
  string,
  boolean,
  string | null,
  string | null,
  string | null,
  unknown[],
  object,
  number | null,
  number | null,
];
/** Task, number, status, job, progress, error, start and end in milliseconds. */
type AttemptCells = [string, number, string, string | null, string, unknown, number, number | null];
type Cells = { tasks: TaskCells[] | null; attempts: AttemptCells[] | null };

/**
 * Tasks of a run with their attempts, in no order: all of them, or those of `taskIds` that are there. One statement, so that
 * both are of one moment. Many small rows: as one JSON value they are read several times as fast as column by column.
 */
export async function readTasks(
  db: Db,
  runId: string,
  taskIds: readonly string[] | null,
): Promise<StoredTask[]> {
  const ids = taskIds === null ? null : [...taskIds];
  const [row] = await db.$queryRaw<Cells[]>`
    SELECT (
      SELECT json_agg(json_build_array("taskId", "type", "status", "reused", "childOf", "because", "waits", "inputs",
        "outputs", round(extract(epoch FROM "startedAt") * 1000), round(extract(epoch FROM "endedAt") * 1000)))
      FROM "TaskRun" WHERE "runId" = ${runId} AND (${ids}::text[] IS NULL OR "taskId" = ANY(${ids}::text[]))
    ) AS "tasks", (
      SELECT json_agg(json_build_array("taskId", "number", "status", "jobId", "progress", "error",
        round(extract(epoch FROM "startedAt") * 1000), round(extract(epoch FROM "endedAt") * 1000)) ORDER BY "number")
      FROM "Attempt" WHERE "runId" = ${runId} AND (${ids}::text[] IS NULL OR "taskId" = ANY(${ids}::text[]))
    ) AS "attempts"`;
  const attempts = new Map<string, AttemptView[]>();
  for (const cells of row?.attempts ?? []) {
    const known = attempts.get(cells[0]);
    if (known === undefined) attempts.set(cells[0], [toAttempt(cells)]);
    else known.push(toAttempt(cells));
  }
  return (row?.tasks ?? []).map((cells) => toTask(cells, attempts.get(cells[0]) ?? []));
}

function toTask(cells: TaskCells, attempts: AttemptView[]): StoredTask {
  const [taskId, type, status, reused, childOf, because, waits, inputs, outputs, startedMs, endedMs] = cells;
  return {
    taskId,
    type,
    status: RunStatus.parse(status),
    reused,
    childOf,
    because,
    waits,
    inputs: TaskView.shape.inputs.parse(inputs),
    outputs: TaskView.shape.outputs.parse(outputs),
    startedAt: toDate(startedMs),
    endedAt: toDate(endedMs),
    attempts,
  };
}

const toAttempt = (cells: AttemptCells): AttemptView => {
  const [, number, status, jobId, progress, error, startedMs, endedMs] = cells;
  return {
    number,
    status: RunStatus.parse(status),
    jobId,
    progress,
    error: readError(error),
    startedAt: new Date(startedMs),
    endedAt: toDate(endedMs),
  };
};

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
