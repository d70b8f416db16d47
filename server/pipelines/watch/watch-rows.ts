import { TaskView } from "../../../domain/pipelines/run-view";
import { type GridCell, gridOf } from "../../../domain/pipelines/watch/grid-of";
import type { PrismaClient } from "../../db/client";
import { toStoredTask } from "../rows/stored-run";
import { toSummary } from "../to-summary";
import type { RowRevision, WatchStore } from "./watch-store";

const MOST_AHEAD = 1_000;

const byNumber = { orderBy: { number: "asc" } } as const;

/** What watching reads, as rows. Each verb is one or two statements, whatever the run's size. */
export const watchRows = (db: PrismaClient): WatchStore => ({
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

  revisions: async (runId, after) => {
    const rows = await db.$queryRaw<RowRevision[]>`
      SELECT "taskId", 0 AS "attempt", "revision"::float8 AS "revision" FROM "TaskRun"
      WHERE "runId" = ${runId} AND "revision" > ${after}
      UNION ALL
      SELECT "taskId", "number", "revision"::float8 FROM "Attempt"
      WHERE "runId" = ${runId} AND "revision" > ${after}`;
    return rows;
  },

  someTasks: async (runId, taskIds) => {
    const rows = await db.taskRun.findMany({
      where: { runId, taskId: { in: [...taskIds] } },
      include: { attempts: byNumber },
    });
    return rows.map(toStoredTask);
  },

  gridTasks: async (runs, workspaceId) => {
    const newestFirst = [...runs].reverse();
    const versions = [...new Set(newestFirst.map(({ pipelineVersion }) => pipelineVersion))];
    const [cells, documents] = await Promise.all([
      db.taskRun.findMany({
        where: { runId: { in: runs.map(({ id }) => id) }, childOf: null },
        select: {
          runId: true,
          taskId: true,
          type: true,
          status: true,
          reused: true,
          startedAt: true,
          endedAt: true,
        },
      }),
      db.$queryRaw<{ version: number; ids: string[] }[]>`
        SELECT "version", jsonb_path_query_array("document", '$.tasks[*].task_id') AS ids FROM "PipelineVersion"
        WHERE "workspaceId" = ${workspaceId} AND "pipelineId" = ${runs[0]?.pipelineId ?? ""}
          AND "version" = ANY(${versions})`,
    ]);
    const idsOf = new Map(documents.map(({ version, ids }) => [version, ids]));
    return gridOf(
      runs.map(({ id }) => id),
      cells.map((cell): GridCell => ({ ...cell, status: TaskView.shape.status.parse(cell.status) })),
      versions.map((version) => idsOf.get(version) ?? []),
    );
  },
});
