import { BackfillStatus, BackfillWhich } from "../../../domain/pipelines/backfill/backfill-view";
import type { WrittenSchedule } from "../../../domain/pipelines/schedule/read-schedule";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import type { Runnable, ScheduledPipeline, StoredBackfill, TriggerStore } from "./trigger-store";

const OPEN: RunStatus[] = ["queued", "running", "retrying"];

type DocumentParts = {
  schedule?: WrittenSchedule;
  priority?: number;
  max_active_runs?: number;
  tasks: { task_id: string; type: string }[];
};

/** Schedules and back-fills in the app's database. */
export const prismaTriggerStore = (db: Db): TriggerStore => ({
  scheduled: () =>
    db.$queryRaw<ScheduledPipeline[]>`
      SELECT p."workspaceId", p."pipelineId", v."version", v."document" -> 'schedule' AS "schedule",
        coalesce((v."document" ->> 'max_active_runs')::int, 1) AS "maxActiveRuns", p."dealtUntil"
      FROM "Pipeline" p
      JOIN "PipelineVersion" v
        ON v."workspaceId" = p."workspaceId" AND v."pipelineId" = p."pipelineId" AND v."version" = p."activeVersion"
      WHERE NOT p."isPaused" AND p."archivedAt" IS NULL AND jsonb_exists(v."document", 'schedule')
      ORDER BY p."workspaceId", p."pipelineId"`,

  openScheduledRuns: (workspaceId, pipelineId) =>
    db.run.count({ where: { workspaceId, pipelineId, trigger: "schedule", status: { in: OPEN } } }),

  scheduleState: async (workspaceId, pipelineId) => {
    const row = await db.pipeline.findUnique({
      where: { workspaceId_pipelineId: { workspaceId, pipelineId } },
      select: { isPaused: true, archivedAt: true, dealtUntil: true, activeVersion: true },
    });
    if (row === null) return null;
    const { activeVersion: version, archivedAt, ...rest } = row;
    return { ...rest, isArchived: archivedAt !== null, version };
  },

  setDealtUntil: async (workspaceId, pipelineId, until, isRestart = false) => {
    const earlier = isRestart ? {} : { OR: [{ dealtUntil: null }, { dealtUntil: { lt: until } }] };
    await db.pipeline.updateMany({
      where: { workspaceId, pipelineId, ...earlier },
      data: { dealtUntil: until },
    });
  },

  setPaused: async (workspaceId, pipelineId, isPaused, at) => {
    const { count } = await db.pipeline.updateMany({
      where: { workspaceId, pipelineId, isPaused: !isPaused },
      data: isPaused ? { isPaused } : { isPaused, dealtUntil: at },
    });
    return count > 0;
  },

  runnable: async (workspaceId, pipelineId, version): Promise<Runnable | null> => {
    const row = await db.pipelineVersion.findUnique({
      where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
      select: { document: true },
    });
    if (row === null) return null;
    const document = row.document as DocumentParts;
    return {
      version,
      schedule: document.schedule ?? null,
      priority: document.priority ?? 0,
      maxActiveRuns: document.max_active_runs ?? 1,
      tasks: document.tasks.map(({ task_id, type }) => ({ taskId: task_id, type, reused: null })),
    };
  },

  createBackfill: async ({ from, until, ...backfill }) => {
    await db.backfill.createMany({
      data: [{ ...backfill, fromAt: from, untilAt: until }],
      skipDuplicates: true,
    });
  },

  backfill: async (id) => {
    const row = await db.backfill.findUnique({ where: { id } });
    return row === null ? null : toBackfill(row);
  },

  backfills: async (workspaceId, pipelineId, limit) => {
    const rows = await db.backfill.findMany({
      where: { workspaceId, pipelineId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
    });
    return rows.map(toBackfill);
  },

  openBackfills: async () => {
    const rows = await db.backfill.findMany({ where: { status: "running" }, orderBy: { createdAt: "asc" } });
    return rows.map(toBackfill);
  },

  setMade: async (id, made) => {
    await db.backfill.updateMany({ where: { id, made: { lt: made } }, data: { made } });
  },

  moveBackfill: async (id, from, to, endedAt) => {
    const { count } = await db.backfill.updateMany({
      where: { id, status: { in: [...from] } },
      data: { status: to, endedAt },
    });
    return count > 0;
  },

  backfillRuns: async (ids) => {
    const rows = await db.run.groupBy({
      by: ["backfillId", "status"],
      where: { backfillId: { in: [...ids] } },
      _count: { _all: true },
    });
    const found = new Map(ids.map((id) => [id, {} as Partial<Record<RunStatus, number>>]));
    for (const { backfillId, status, _count } of rows) {
      const counts = found.get(backfillId ?? "");
      if (counts !== undefined) counts[RunStatus.parse(status)] = _count._all;
    }
    return found;
  },

  openRunsOf: async (backfillId) => {
    const rows = await db.run.findMany({
      where: { backfillId, status: { in: OPEN } },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  },

  fireStatuses: async (workspaceId, pipelineId, from, until) => {
    const rows = await db.run.findMany({
      where: { workspaceId, pipelineId, scheduledFor: { gte: from, lt: until } },
      select: { scheduledFor: true, status: true },
    });
    const found = new Map<number, RunStatus[]>();
    for (const { scheduledFor, status } of rows) {
      const fire = scheduledFor?.getTime() ?? 0;
      found.set(fire, [...(found.get(fire) ?? []), RunStatus.parse(status)]);
    }
    return found;
  },

  runDays: (workspaceId, pipelineId, { from, until, timeZone }) =>
    db.$queryRaw`
      SELECT to_char(coalesce("scheduledFor", "createdAt") AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS "day",
        (count(*) FILTER (WHERE "status" = 'succeeded'))::int AS "succeeded",
        (count(*) FILTER (WHERE "status" = 'failed'))::int AS "failed",
        (count(*) FILTER (WHERE "status" NOT IN ('succeeded', 'failed')))::int AS "other"
      FROM "Run"
      WHERE "workspaceId" = ${workspaceId} AND "pipelineId" = ${pipelineId}
        AND coalesce("scheduledFor", "createdAt") >= ${from} AND coalesce("scheduledFor", "createdAt") < ${until}
      GROUP BY 1 ORDER BY 1`,
});

type BackfillRow = Omit<StoredBackfill, "from" | "until" | "status" | "which"> & {
  fromAt: Date;
  untilAt: Date;
  status: string;
  which: string;
};

const toBackfill = ({ fromAt, untilAt, status, which, ...row }: BackfillRow): StoredBackfill => ({
  ...row,
  from: fromAt,
  until: untilAt,
  status: BackfillStatus.parse(status),
  which: BackfillWhich.parse(which),
});
