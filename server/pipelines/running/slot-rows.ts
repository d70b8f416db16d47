import type { Db } from "../../workspaces/index";
import type { SlotStore, WaitingAttempt } from "./slots";

type Row = {
  runId: string;
  taskId: string;
  number: number;
  workspaceId: string;
  type: string;
  grantedAt: Date | null;
  startedAt: Date;
  priority: number;
};

/** Slots as rows: an attempt's own row says since when it has its slot, so that a crash loses none. */
export const slotRows = (db: Db): SlotStore => ({
  limits: async () => {
    const rows = await db.concurrencyLimit.findMany();
    return rows.map(({ kind, ...row }) => ({ ...row, kind: kind === "type" ? "type" : "cluster" }));
  },

  openAttempts: async () => {
    const rows = await db.$queryRaw<Row[]>`
      SELECT a."runId", a."taskId", a."number", a."grantedAt", a."startedAt", t."type", r."workspaceId", r."priority"
      FROM "Attempt" a
      JOIN "TaskRun" t ON t."runId" = a."runId" AND t."taskId" = a."taskId"
      JOIN "Run" r ON r."id" = a."runId"
      WHERE a."status" = 'running' AND r."workspaceId" IN (SELECT "workspaceId" FROM "ConcurrencyLimit")
         OR a."status" = 'running' AND a."grantedAt" IS NULL`;
    return rows.map(
      ({
        runId,
        taskId,
        number: attempt,
        workspaceId,
        type,
        grantedAt,
        startedAt,
        priority,
      }): WaitingAttempt => ({
        id: JSON.stringify([runId, taskId, attempt]),
        key: { runId, taskId, attempt },
        workspaceId,
        type,
        isGranted: grantedAt !== null,
        priority,
        sinceMs: (grantedAt ?? startedAt).getTime(),
      }),
    );
  },

  grant: async (keys, at) => {
    const granted = keys.map(({ runId, taskId, attempt }) => ({ runId, taskId, attempt }));
    await db.$executeRaw`
      WITH k AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(granted)}::jsonb) AS k("runId" text, "taskId" text, "attempt" int)
      ), task AS (
        UPDATE "TaskRun" t SET "waits" = NULL FROM k WHERE t."runId" = k."runId" AND t."taskId" = k."taskId"
      )
      UPDATE "Attempt" a SET "grantedAt" = ${at} FROM k
      WHERE a."runId" = k."runId" AND a."taskId" = k."taskId" AND a."number" = k."attempt" AND a."grantedAt" IS NULL`;
  },

  setWaits: async (waits) => {
    if (waits.length === 0) return;
    const told = waits.map(({ key: { runId, taskId }, text }) => ({ runId, taskId, text }));
    await db.$executeRaw`
      UPDATE "TaskRun" t SET "waits" = w."text"
      FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS w("runId" text, "taskId" text, "text" text)
      WHERE t."runId" = w."runId" AND t."taskId" = w."taskId" AND t."waits" IS DISTINCT FROM w."text"
        AND t."status" = 'running'`;
  },
});
