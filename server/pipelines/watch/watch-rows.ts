import type { RunHead } from "../../../domain/pipelines/run-view";
import { type GridCell, gridOf } from "../../../domain/pipelines/watch/grid-of";
import { RunStatus } from "../../../domain/shared/run-status";
import type { Db } from "../../workspaces/index";
import { readTasks } from "../rows/read-tasks";
import { toSummary } from "../to-summary";
import type { WatchStore } from "./watch-store";

const MOST_AHEAD = 1_000;

/** Run, task, type, status, reused, start and end in milliseconds. */
type CellRow = [string, string, string, string, boolean, number | null, number | null];

const toCell = ([runId, taskId, type, status, reused, startMs, endMs]: CellRow): GridCell => ({
  runId,
  taskId,
  type,
  status: RunStatus.parse(status),
  reused,
  ms: startMs === null || endMs === null ? null : Math.round(endMs - startMs),
});

/** What watching reads, as rows. Each verb is one or two statements, whatever the run's size. */
export const watchRows = (db: Db): WatchStore => ({
  head: async (runId) => {
    const row = await db.run.findUnique({ where: { id: runId } });
    return row === null ? null : { ...toSummary(row), workspaceId: row.workspaceId, priority: row.priority };
  },

  queueOf: async ({ workspaceId, pipelineId, status, priority, number }) => {
    if (status !== "queued") return null;
    const [row] = await db.$queryRaw<{ running: number; ahead: number }[]>`
      SELECT (
        SELECT count(*)::int FROM "Run"
        WHERE "workspaceId" = ${workspaceId} AND "pipelineId" = ${pipelineId} AND "status" = 'running'
      ) AS running, (
        SELECT count(*)::int FROM (
          SELECT FROM "Run"
          WHERE "workspaceId" = ${workspaceId} AND "pipelineId" = ${pipelineId} AND "status" = 'queued'
            AND ("priority" > ${priority} OR "priority" = ${priority} AND "number" < ${number})
          LIMIT ${MOST_AHEAD}
        ) one
      ) AS ahead`;
    return row ?? null;
  },

  previousOf: ({ workspaceId, pipelineId, number }) =>
    db.run.findFirst({
      where: { workspaceId, pipelineId, number: { lt: number } },
      orderBy: { number: "desc" },
      select: { id: true, number: true },
    }),

  parentOf: async ({ id, trigger }) => {
    if (trigger !== "pipeline") return null;
    const [row] = await db.$queryRaw<NonNullable<RunHead["parent"]>[]>`
      SELECT p."id", p."number", p."pipelineId", a."taskId" FROM "Run" r
      JOIN "Run" p ON p."id" = r."parentRunId"
      LEFT JOIN "Attempt" a ON a."runId" = p."id" AND a."jobId" = r."id"
      WHERE r."id" = ${id} LIMIT 1`;
    return row ?? null;
  },

  // Many small rows: as one JSON value each is read ten times as fast as column by column.
  revisions: async (runId, after) => {
    const [row] = await db.$queryRaw<{ all: [string, number, number][] | null }[]>`
      SELECT json_agg(json_build_array("taskId", "attempt", "revision")) AS "all" FROM (
        SELECT "taskId", 0 AS "attempt", "revision" FROM "TaskRun" WHERE "runId" = ${runId} AND "revision" > ${after}
        UNION ALL
        SELECT "taskId", "number", "revision" FROM "Attempt" WHERE "runId" = ${runId} AND "revision" > ${after}
      ) one`;
    return (row?.all ?? []).map(([taskId, attempt, revision]) => ({ taskId, attempt, revision }));
  },

  someTasks: (runId, taskIds) => readTasks(db, runId, taskIds),

  gridTasks: async (runs, workspaceId) => {
    const newestFirst = [...runs].reverse();
    const versions = [...new Set(newestFirst.map(({ pipelineVersion }) => pipelineVersion))];
    const [cells, documents] = await Promise.all([
      db.$queryRaw<{ all: CellRow[] | null }[]>`
        SELECT json_agg(json_build_array("runId", "taskId", "type", "status", "reused",
          extract(epoch FROM "startedAt") * 1000, extract(epoch FROM "endedAt") * 1000)) AS "all"
        FROM "TaskRun" WHERE "runId" = ANY(${runs.map(({ id }) => id)}) AND "childOf" IS NULL`,
      db.$queryRaw<{ version: number; ids: string[] }[]>`
        SELECT "version", jsonb_path_query_array("document", '$.tasks[*].task_id') AS ids FROM "PipelineVersion"
        WHERE "workspaceId" = ${workspaceId} AND "pipelineId" = ${runs[0]?.pipelineId ?? ""}
          AND "version" = ANY(${versions})`,
    ]);
    const idsOf = new Map(documents.map(({ version, ids }) => [version, ids]));
    return gridOf(
      runs.map(({ id }) => id),
      (cells[0]?.all ?? []).map(toCell),
      versions.map((version) => idsOf.get(version) ?? []),
    );
  },
});
