import type { AttemptOutcome, FailureKind } from "../../../domain/pipelines/interpreter/run-event";
import { RunError, TaskView } from "../../../domain/pipelines/run-view";
import { isFinal } from "../../../domain/shared/is-final";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import type {
  AttemptEnd,
  AttemptKey,
  ExecutionStore,
  NewLogLine,
  StartedAttempt,
  TaskOutputs,
} from "./execution-store";

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
      /* prepared: start-attempt */
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

  endAttempt: async (key, end, progress, at, lines = []) => {
    const ended = await writeEnd(db, key, end, { progress, lines }, at);
    if (ended) return outcomeOf(end);
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
      /* prepared: record-step */
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

/** One statement, so that what the attempt told and what became of it are kept together. Returns whether it ended now. */
async function writeEnd(
  db: Db,
  { runId, taskId, attempt }: AttemptKey,
  end: AttemptEnd,
  { progress, lines }: { progress: string | null; lines: readonly NewLogLine[] },
  at: Date,
): Promise<boolean> {
  const error = end.status === "failed" ? JSON.stringify({ ...end.error, kind: end.kind }) : null;
  const told = progress?.slice(0, 500) ?? null;
  const logged = JSON.stringify(lines.map((line) => ({ ...line, text: storable(line.text) })));
  const isDone = end.status === "succeeded";
  const { outputs, inputs, endsTask } = isDone ? end : { outputs: {}, inputs: [], endsTask: false };
  const [count] = await db.$queryRaw<{ attempts: number; tasks: number }[]>`
    /* prepared: end-attempt */
    WITH logged AS (
      INSERT INTO "LogLine" ("runId", "taskId", "attempt", "seq", "at", "level", "text")
      SELECT ${runId}, ${taskId}, ${attempt}::int, l.* FROM jsonb_to_recordset(${logged}::jsonb)
        AS l("seq" int, "at" timestamptz, "level" text, "text" text)
      ON CONFLICT DO NOTHING
    ), ended AS (
      UPDATE "Attempt" SET "status" = ${end.status}, "endedAt" = ${at}, "error" = ${error}::jsonb,
        "progress" = coalesce(${told}, "progress")
      WHERE "runId" = ${runId} AND "taskId" = ${taskId} AND "number" = ${attempt} AND "status" IN ('queued', 'running')
      RETURNING 1
    ), task AS (
      UPDATE "TaskRun" SET "outputs" = "outputs" || ${JSON.stringify(outputs)}::jsonb,
        "inputs" = ${JSON.stringify(inputs)}::jsonb, "waits" = NULL,
        "status" = CASE WHEN ${endsTask} THEN 'succeeded' ELSE "status" END,
        "endedAt" = CASE WHEN ${endsTask} THEN ${at}::timestamptz ELSE "endedAt" END
      WHERE ${isDone} AND "runId" = ${runId} AND "taskId" = ${taskId} AND "status" IN ('running', 'retrying')
        AND EXISTS (SELECT FROM ended)
      RETURNING 1
    )
    SELECT (SELECT count(*)::int FROM ended) AS "attempts", (SELECT count(*)::int FROM task) AS "tasks"`;
  return ((isDone ? count?.tasks : count?.attempts) ?? 0) > 0;
}

/** PostgreSQL keeps no NUL, and its JSON no half of a character. */
const storable = (text: string): string => Buffer.from(text).toString().replaceAll("\0", "");

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
