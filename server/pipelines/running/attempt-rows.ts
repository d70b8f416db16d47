import type { AttemptOutcome, FailureKind } from "../../../domain/pipelines/interpreter/run-event";
import { RunError, TaskView } from "../../../domain/pipelines/run-view";
import { isFinal } from "../../../domain/shared/is-final";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import type { AttemptEnd, AttemptKey, ExecutionStore, StartedAttempt, TaskOutputs } from "./execution-store";

type Kept = {
  taskStatus: string;
  outputs: unknown;
  madeAt: Date | null;
  grantedAt: Date | null;
  startedAt: Date | null;
  status: string | null;
  error: unknown;
  endedAt: Date | null;
};

type AttemptRows = Pick<ExecutionStore, "startAttempt" | "endAttempt" | "steps" | "taskSteps" | "recordStep">;

/** Attempts as rows: one statement for the start of one and of its task, and one for their ends. */
export const attemptRows = (db: Db): AttemptRows => ({
  startAttempt: async ({ runId, taskId, attempt }, at, waitsForSlot) => {
    const grantedAt = waitsForSlot ? null : at;
    // Who cancels changes the task's row too, so one of both waits for the other.
    const rows = await db.$queryRaw<Kept[]>`
      WITH task AS (
        UPDATE "TaskRun" SET "status" = 'running', "startedAt" = coalesce("startedAt", ${at})
        WHERE "runId" = ${runId} AND "taskId" = ${taskId} AND "status" IN ('queued', 'retrying', 'running')
        RETURNING 1
      ), made AS (
        INSERT INTO "Attempt" ("runId", "taskId", "number", "status", "startedAt", "grantedAt")
        SELECT ${runId}, ${taskId}, ${attempt}::int, 'running', ${at}, ${grantedAt}::timestamptz FROM task
        ON CONFLICT DO NOTHING
        RETURNING "startedAt"
      )
      SELECT t."status" AS "taskStatus", t."outputs", made."startedAt" AS "madeAt", a."grantedAt", a."startedAt",
        a."status", a."error", a."endedAt"
      FROM "TaskRun" t
      LEFT JOIN made ON true
      LEFT JOIN "Attempt" a ON a."runId" = t."runId" AND a."taskId" = t."taskId" AND a."number" = ${attempt}
      WHERE t."runId" = ${runId} AND t."taskId" = ${taskId}`;
    return started(rows[0], grantedAt);
  },

  endAttempt: async (key, end, progress, at) => {
    const ended = await writeEnd(db, key, end, progress, at);
    if (ended > 0) return outcomeOf(end);
    return (await keptOutcome(db, key)) ?? { status: "cancelled" };
  },

  steps: async ({ runId, taskId, attempt }) => {
    const rows = await db.attemptStep.findMany({ where: { runId, taskId, attempt } });
    return new Map(rows.map(({ name, value }) => [name, value]));
  },

  taskSteps: (runId, taskId) =>
    db.$queryRaw<{ name: string; value: unknown }[]>`
      SELECT s."name", s."value" FROM "AttemptStep" s
      JOIN "TaskRun" t ON t."runId" = s."runId" AND t."taskId" = s."taskId"
      WHERE s."runId" = ${runId} AND (t."taskId" = ${taskId} OR t."childOf" = ${taskId})
      ORDER BY s."at"`,

  recordStep: async ({ runId, taskId, attempt }, name, value) => {
    await db.$executeRaw`
      INSERT INTO "AttemptStep" ("runId", "taskId", "attempt", "name", "value")
      VALUES (${runId}, ${taskId}, ${attempt}::int, ${name}, ${JSON.stringify(value ?? null)}::jsonb)
      ON CONFLICT DO NOTHING`;
  },
});

/** What the rows say of an attempt that was asked for; null where its task ended, or is not there, without it. */
function started(row: Kept | undefined, grantedAt: Date | null): StartedAttempt | null {
  if (row === undefined) return null;
  const outputs = TaskView.shape.outputs.parse(row.outputs);
  const { item } = outputs;
  if (row.madeAt !== null) return { startedAt: row.madeAt, grantedAt, isNew: true, ended: null, item };
  if (row.startedAt === null || row.status === null) return null;
  const ended = outcomeFrom({ ...row, status: row.status }, outputs);
  // The attempt is still open, and its task is not: what ended it was no attempt.
  if (ended === null && isFinal(RunStatus.parse(row.taskStatus))) return null;
  const { startedAt } = row;
  return {
    startedAt,
    grantedAt: row.grantedAt,
    isNew: false,
    ended: ended === null ? null : { outcome: ended, at: row.endedAt ?? startedAt },
    item,
  };
}

function writeEnd(
  db: Db,
  { runId, taskId, attempt }: AttemptKey,
  end: AttemptEnd,
  progress: string | null,
  at: Date,
): Promise<number> {
  const error = end.status === "failed" ? JSON.stringify({ ...end.error, kind: end.kind }) : null;
  const told = progress?.slice(0, 500) ?? null;
  if (end.status !== "succeeded") {
    return db.$executeRaw`
      UPDATE "Attempt" SET "status" = ${end.status}, "endedAt" = ${at}, "error" = ${error}::jsonb,
        "progress" = coalesce(${told}, "progress")
      WHERE "runId" = ${runId} AND "taskId" = ${taskId} AND "number" = ${attempt} AND "status" IN ('queued', 'running')`;
  }
  return db.$executeRaw`
    WITH ended AS (
      UPDATE "Attempt" SET "status" = 'succeeded', "endedAt" = ${at}, "progress" = coalesce(${told}, "progress")
      WHERE "runId" = ${runId} AND "taskId" = ${taskId} AND "number" = ${attempt} AND "status" IN ('queued', 'running')
      RETURNING 1
    )
    UPDATE "TaskRun" SET "outputs" = "outputs" || ${JSON.stringify(end.outputs)}::jsonb,
      "inputs" = ${JSON.stringify(end.inputs)}::jsonb, "waits" = NULL,
      "status" = CASE WHEN ${end.endsTask} THEN 'succeeded' ELSE "status" END,
      "endedAt" = CASE WHEN ${end.endsTask} THEN ${at}::timestamptz ELSE "endedAt" END
    WHERE "runId" = ${runId} AND "taskId" = ${taskId} AND "status" IN ('running', 'retrying') AND EXISTS (SELECT FROM ended)`;
}

async function keptOutcome(db: Db, { runId, taskId, attempt }: AttemptKey): Promise<AttemptOutcome | null> {
  const row = await db.attempt.findUnique({
    where: { runId_taskId_number: { runId, taskId, number: attempt } },
    include: { task: { select: { outputs: true } } },
  });
  return row === null ? null : outcomeFrom(row, TaskView.shape.outputs.parse(row.task.outputs));
}

export function outcomeOf(end: AttemptEnd): AttemptOutcome {
  if (end.status === "succeeded") return succeeded(end.outputs);
  return end.status === "failed" ? { status: "failed", kind: end.kind, error: end.error } : end;
}

const succeeded = ({ chosen, items }: TaskOutputs): AttemptOutcome => ({
  status: "succeeded",
  ...(chosen === undefined ? {} : { chosen }),
  ...(items === undefined ? {} : { items }),
});

const KINDS: readonly FailureKind[] = ["ordinary", "lost", "final"];

/** Null where it has not ended. */
function outcomeFrom(row: { status: string; error: unknown }, outputs: TaskOutputs): AttemptOutcome | null {
  if (row.status === "succeeded") return succeeded(outputs);
  if (row.status === "cancelled") return { status: "cancelled" };
  if (row.status !== "failed") return null;
  const { kind } = row.error as { kind?: FailureKind };
  const error = RunError.parse(row.error);
  return { status: "failed", error, kind: KINDS.find((each) => each === kind) ?? "ordinary" };
}
