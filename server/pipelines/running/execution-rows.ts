import { TELLS_OF_ERROR } from "../../../domain/pipelines/first-error";
import { firstFailure } from "../../../domain/pipelines/first-failure";
import { childId } from "../../../domain/pipelines/interpreter/run-plan";
import { mayPrecede } from "../../../domain/pipelines/run-states";
import { TaskView } from "../../../domain/pipelines/run-view";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import { onRunEnded } from "../notifications/on-run-ended";
import type { Json } from "../store";
import { readError } from "../to-summary";
import { attemptRows } from "./attempt-rows";
import type { ExecutionStore, ReusedTask } from "./execution-store";
import { runFacts } from "./run-facts";

/** The states that may be left for `to`: an update below it changes nothing else. */
const before = (to: RunStatus) => ({ in: mayPrecede(to) });
const FINAL: string[] = ["succeeded", "failed", "cancelled", "skipped"];
const MOST_ERROR_LINES = 5_000;
const readOutputs = (json: unknown) => TaskView.shape.outputs.parse(json);

/** What a run does, as rows. A change of state names the states it may come from, so that a final one stays. */
export function executionRows(db: Db): ExecutionStore {
  const facts = runFacts(db);
  return {
    ...attemptRows(db),
    facts,

    status: async (runId) => {
      const row = await db.run.findUnique({ where: { id: runId }, select: { status: true } });
      return row === null ? null : RunStatus.parse(row.status);
    },

    beginRun: async (runId, at) => {
      await db.run.updateMany({
        where: { id: runId, status: "queued" },
        data: { status: "running", startedAt: at, admittedAt: at },
      });
      const [row, known] = await Promise.all([
        db.run.findUnique({
          where: { id: runId },
          select: { status: true, startedAt: true, tasks: { where: { reused: true } } },
        }),
        facts(runId),
      ]);
      if (row === null || known === null || FINAL.includes(row.status)) return null;
      const reused = row.tasks.map(
        ({ taskId, outputs, status }): ReusedTask => ({
          taskId,
          outputs: readOutputs(outputs),
          status: status === "skipped" ? "skipped" : "succeeded",
        }),
      );
      return { facts: known, startedAt: row.startedAt ?? at, reused };
    },

    endRun: async (runId, { status, error, warning }, at) => {
      const told = error ?? (status === "failed" ? await errorOf(db, runId) : null);
      await db.$transaction(async (tx) => {
        const { count } = await tx.run.updateMany({
          where: { id: runId, status: before(status) },
          data: { status, endedAt: at, warning, ...(told === null ? {} : { error: told as Json }) },
        });
        if (count === 0) return;
        await tx.taskRun.updateMany({
          where: { runId, status: { notIn: FINAL } },
          data: { status: "skipped", endedAt: at, waits: null },
        });
        await onRunEnded(tx, runId, at);
      });
    },

    pauseTask: async (runId, taskId) => {
      await db.taskRun.updateMany({
        where: { runId, taskId, status: before("retrying") },
        data: { status: "retrying" },
      });
    },

    endTasks: async (runId, tasks, at) => {
      const ends = tasks.map(({ task, status, because }) => ({ task, status, because: because ?? null }));
      await db.$executeRaw`
        UPDATE "TaskRun" t SET "status" = e."status", "because" = e."because", "endedAt" = ${at}, "waits" = NULL
        FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) AS e("task" text, "status" text, "because" text)
        WHERE t."runId" = ${runId} AND t."taskId" = e."task"
          AND t."status" NOT IN ('succeeded', 'failed', 'cancelled', 'skipped')`;
    },

    addChildren: async (runId, taskId, type, items) => {
      const children = items.map((item, index) => ({ id: childId(taskId, index), outputs: { item } }));
      await db.$executeRaw`
        INSERT INTO "TaskRun" ("runId", "taskId", "type", "status", "childOf", "outputs")
        SELECT ${runId}, c."id", ${type}, 'queued', ${taskId}, c."outputs"
        FROM jsonb_to_recordset(${JSON.stringify(children)}::jsonb) AS c("id" text, "outputs" jsonb)
        WHERE EXISTS (SELECT FROM "Run" r WHERE r."id" = ${runId} AND r."status" = 'running')
        ON CONFLICT DO NOTHING`;
    },

    outputs: async (runId, taskIds) => {
      const rows = await db.taskRun.findMany({
        where: { runId, taskId: { in: [...taskIds] } },
        select: { taskId: true, outputs: true },
      });
      return new Map(rows.map((row) => [row.taskId, readOutputs(row.outputs)]));
    },

    childOutputs: async (runId, taskId) => {
      const rows = await db.taskRun.findMany({
        where: { runId, childOf: taskId },
        select: { taskId: true, outputs: true },
      });
      const byId = new Map(rows.map((row) => [row.taskId, readOutputs(row.outputs)]));
      return rows.map((_row, index) => byId.get(childId(taskId, index)) ?? {});
    },

    setOutputs: async (runId, taskId, outputs) => {
      await db.taskRun.update({
        where: { runId_taskId: { runId, taskId } },
        data: { outputs: outputs as Json },
      });
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

    errorTexts: async ({ runId, taskId, attempt }) => {
      const rows = await db.$queryRaw<{ text: string }[]>`
        SELECT l."text" FROM "LogLine" l
        WHERE l."runId" = ${runId} AND l."taskId" = ${taskId} AND l."attempt" = ${attempt} AND l."seq" >= (
          SELECT min(e."seq") FROM "LogLine" e
          WHERE e."runId" = ${runId} AND e."taskId" = ${taskId} AND e."attempt" = ${attempt}
            AND e."text" ~ ${TELLS_OF_ERROR}
        )
        ORDER BY l."seq" LIMIT ${MOST_ERROR_LINES}`;
      return rows.map((row) => row.text);
    },

    putEvaluation: async (runId, taskId, workspaceId, report) => {
      await db.evaluation.upsert({
        where: { runId_taskId: { runId, taskId } },
        create: { runId, taskId, workspaceId, report: report as Json },
        update: { report: report as Json },
      });
    },

    endedRuns: async (runIds) => {
      const rows = await db.run.findMany({
        where: { id: { in: [...runIds] }, status: { in: FINAL } },
        select: { id: true, status: true },
      });
      return new Map(rows.map((row) => [row.id, RunStatus.parse(row.status)]));
    },
  };
}

/** The error of the task that failed first. */
async function errorOf(db: Db, runId: string) {
  const rows = await db.taskRun.findMany({
    where: { runId, OR: [{ status: "failed" }, { because: "out_of_time" }] },
    select: {
      taskId: true,
      status: true,
      because: true,
      endedAt: true,
      attempts: { orderBy: { number: "desc" }, take: 1, select: { error: true } },
    },
  });
  return firstFailure(
    rows.map(({ attempts, ...row }) => ({ ...row, error: readError(attempts[0]?.error ?? null) })),
  );
}
