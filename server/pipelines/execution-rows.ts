import { PipelineDocument } from "../../domain/pipelines/pipeline-document";
import { mayPrecede } from "../../domain/pipelines/run-states";
import { type AttemptView, TaskView } from "../../domain/pipelines/run-view";
import { RunStatus } from "../../domain/shared/run-status";
import type { AttemptKey, RunStore, StoredTask } from "./run-store";
import type { Db, Json } from "./store";
import { readError, toSummary } from "./to-summary";

const keyOf = ({ runId, taskId, attempt }: AttemptKey) => ({
  runId_taskId_number: { runId, taskId, number: attempt },
});
/** The states that may be left for `to`: an update below it changes nothing else. */
const before = (to: RunStatus) => ({ in: mayPrecede(to) });

/** What a run does, as rows. A change of state names the states it may come from, so that a final one stays. */
export const executionStore = (db: Db): RunStore => ({
  run: async (runId) => {
    const row = await db.run.findUnique({
      where: { id: runId },
      include: { tasks: { include: { attempts: { orderBy: { number: "asc" } } } } },
    });
    if (row === null) return null;
    const version = await db.pipelineVersion.findUniqueOrThrow({
      where: {
        workspaceId_pipelineId_version: {
          workspaceId: row.workspaceId,
          pipelineId: row.pipelineId,
          version: row.pipelineVersion,
        },
      },
    });
    const document = PipelineDocument.parse(version.document);
    const order = document.tasks.map((task) => task.task_id);
    const tasks = row.tasks
      .map(toStoredTask)
      .sort((a, b) => order.indexOf(a.taskId) - order.indexOf(b.taskId));
    return { ...toSummary(row), workspaceId: row.workspaceId, document, tasks };
  },

  status: async (runId) => {
    const row = await db.run.findUnique({ where: { id: runId }, select: { status: true } });
    return row === null ? null : RunStatus.parse(row.status);
  },

  waitsForEarlierRun: async (runId) => {
    const run = await db.run.findUnique({ where: { id: runId } });
    if (run === null) return false;
    const { workspaceId, pipelineId, number } = run;
    const earlier = await db.run.count({
      where: { workspaceId, pipelineId, number: { lt: number }, status: { in: mayPrecede("cancelled") } },
    });
    return earlier > 0;
  },

  startRun: async (runId, at) => {
    await db.run.updateMany({
      where: { id: runId, status: before("running") },
      data: { status: "running", startedAt: at },
    });
  },

  endRun: async (runId, status, error, at) => {
    await db.run.updateMany({
      where: { id: runId, status: before(status) },
      data: { status, endedAt: at, ...(error === null ? {} : { error: error as Json }) },
    });
  },

  startTask: async (runId, taskId, at) => {
    await db.taskRun.updateMany({
      where: { runId, taskId, status: "queued" },
      data: { status: "running", startedAt: at },
    });
    await db.taskRun.updateMany({
      where: { runId, taskId, status: "retrying" },
      data: { status: "running" },
    });
  },

  retryTask: async (runId, taskId) => {
    await db.taskRun.updateMany({
      where: { runId, taskId, status: before("retrying") },
      data: { status: "retrying" },
    });
  },

  endTask: async (runId, taskId, status, outputs, at) => {
    await db.taskRun.updateMany({
      where: { runId, taskId, status: before(status) },
      data: { status, outputs: outputs as Json, endedAt: at },
    });
  },

  startAttempt: async ({ runId, taskId, attempt }, at) => {
    await db.attempt.createMany({
      data: [{ runId, taskId, number: attempt, status: "running", startedAt: at }],
      skipDuplicates: true,
    });
    const row = await db.attempt.findUniqueOrThrow({
      where: keyOf({ runId, taskId, attempt }),
      select: { startedAt: true },
    });
    return row.startedAt;
  },

  setJob: async ({ runId, taskId, attempt }, jobId) => {
    await db.attempt.updateMany({ where: { runId, taskId, number: attempt }, data: { jobId } });
  },

  setProgress: async ({ runId, taskId, attempt }, progress) => {
    await db.attempt.updateMany({
      where: { runId, taskId, number: attempt, status: before("succeeded") },
      data: { progress: progress.slice(0, 500) },
    });
  },

  endAttempt: async ({ runId, taskId, attempt }, status, error, at) => {
    await db.attempt.updateMany({
      where: { runId, taskId, number: attempt, status: before(status) },
      data: { status, endedAt: at, ...(error === null ? {} : { error: error as Json }) },
    });
  },

  appendLog: async ({ runId, taskId, attempt }, lines) => {
    await db.logLine.createMany({
      data: lines.map((line) => ({ ...line, runId, taskId, attempt })),
      skipDuplicates: true,
    });
  },

  nextLogSeq: async ({ runId, taskId, attempt }) => {
    const last = await db.logLine.aggregate({ where: { runId, taskId, attempt }, _max: { seq: true } });
    return (last._max.seq ?? -1) + 1;
  },

  logTexts: async ({ runId, taskId, attempt }) => {
    const rows = await db.logLine.findMany({
      where: { runId, taskId, attempt },
      orderBy: { seq: "asc" },
      select: { text: true },
    });
    return rows.map((row) => row.text);
  },

  putEvaluation: async (runId, taskId, workspaceId, report) => {
    await db.evaluation.upsert({
      where: { runId_taskId: { runId, taskId } },
      create: { runId, taskId, workspaceId, report: report as Json },
      update: { report: report as Json },
    });
  },
});

type AttemptRow = Omit<AttemptView, "status" | "error"> & { status: string; error: unknown };
type TaskRow = Omit<StoredTask, "status" | "outputs" | "attempts"> & {
  status: string;
  outputs: unknown;
  attempts: AttemptRow[];
};

const toStoredTask = ({
  taskId,
  status,
  reused,
  outputs,
  startedAt,
  endedAt,
  attempts,
}: TaskRow): StoredTask => ({
  taskId,
  status: RunStatus.parse(status),
  reused,
  outputs: TaskView.shape.outputs.parse(outputs),
  startedAt,
  endedAt,
  attempts: attempts.map((row) => ({
    number: row.number,
    status: RunStatus.parse(row.status),
    jobId: row.jobId,
    progress: row.progress,
    error: readError(row.error),
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  })),
});
