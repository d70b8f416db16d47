import { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import { type AttemptView, TaskView } from "../../../domain/pipelines/run-view";
import { RunStatus } from "../../../domain/shared/run-status";
import type { PrismaClient } from "../../db/client";
import type { StoredRun, StoredTask } from "../run-store";
import { readError, toSummary } from "../to-summary";

/** A run with its document, its tasks and their attempts. */
export async function readStoredRun(db: PrismaClient, runId: string): Promise<StoredRun | null> {
  const row = await db.run.findUnique({
    where: { id: runId },
    include: { tasks: { include: { attempts: { orderBy: { number: "asc" } } } } },
  });
  if (row === null) return null;
  const { workspaceId, pipelineId, pipelineVersion: version, priority, scheduledFor } = row;
  const saved = await db.pipelineVersion.findUniqueOrThrow({
    where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
  });
  const document = PipelineDocument.parse(saved.document);
  return {
    ...toSummary(row),
    workspaceId,
    document,
    parameters: row.parameters as Record<string, unknown>,
    priority,
    scheduledFor,
    tasks: inOrder(row.tasks.map(toStoredTask), document),
  };
}

function inOrder(tasks: StoredTask[], { tasks: written }: PipelineDocument): StoredTask[] {
  const places = new Map(written.map((task, index) => [task.task_id, index]));
  const placeOf = ({ taskId, childOf }: StoredTask) => places.get(childOf ?? taskId) ?? 0;
  const indexOf = ({ taskId }: StoredTask) => Number(/\[(\d+)\]$/.exec(taskId)?.[1] ?? -1);
  return tasks.sort(
    (a, b) =>
      Number(a.childOf !== null) - Number(b.childOf !== null) ||
      placeOf(a) - placeOf(b) ||
      indexOf(a) - indexOf(b),
  );
}

type AttemptRow = Omit<AttemptView, "status" | "error"> & { status: string; error: unknown };
type TaskRow = Omit<StoredTask, "status" | "outputs" | "attempts"> & {
  status: string;
  outputs: unknown;
  attempts: AttemptRow[];
};

const toStoredTask = (row: TaskRow): StoredTask => ({
  taskId: row.taskId,
  type: row.type,
  status: RunStatus.parse(row.status),
  reused: row.reused,
  childOf: row.childOf,
  because: row.because,
  waits: row.waits,
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
