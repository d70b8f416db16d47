import { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import { type AttemptView, TaskView } from "../../../domain/pipelines/run-view";
import { orderRunTasks } from "../../../domain/pipelines/watch/order-run-tasks";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import type { StoredRun, StoredTask } from "../run-store";
import { readError, toSummary } from "../to-summary";

/** A run with its document, its tasks and their attempts. */
export async function readStoredRun(db: Db, runId: string): Promise<StoredRun | null> {
  const row = await db.run.findUnique({
    where: { id: runId },
    include: { tasks: { include: { attempts: { orderBy: { number: "asc" } } } } },
  });
  if (row === null) return null;
  const { workspaceId, pipelineId, pipelineVersion: version, priority } = row;
  const saved = await db.pipelineVersion.findUniqueOrThrow({
    where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
  });
  const document = PipelineDocument.parse(saved.document);
  return {
    ...toSummary(row),
    workspaceId,
    document,
    priority,
    tasks: orderRunTasks(
      row.tasks.map(toStoredTask),
      document.tasks.map(({ task_id }) => task_id),
    ),
  };
}

type AttemptRow = Omit<AttemptView, "status" | "error"> & { status: string; error: unknown };
type TaskRow = Omit<StoredTask, "status" | "inputs" | "outputs" | "attempts"> & {
  status: string;
  inputs: unknown;
  outputs: unknown;
  attempts: AttemptRow[];
};

/** A task's row with those of its attempts. */
export const toStoredTask = (row: TaskRow): StoredTask => ({
  taskId: row.taskId,
  type: row.type,
  status: RunStatus.parse(row.status),
  reused: row.reused,
  childOf: row.childOf,
  because: row.because,
  waits: row.waits,
  inputs: TaskView.shape.inputs.parse(row.inputs),
  outputs: TaskView.shape.outputs.parse(row.outputs),
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  attempts: row.attempts.map((attempt) => ({
    number: attempt.number,
    status: RunStatus.parse(attempt.status),
    jobId: attempt.jobId,
    progress: attempt.progress,
    error: readError(attempt.error),
    startedAt: attempt.startedAt,
    endedAt: attempt.endedAt,
  })),
});
