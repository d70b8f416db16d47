import type { Db } from "../../workspaces/index";
import type { AdmissionStore } from "./admission";

/** Tells this lock from others of the database. */
const ADMISSION_LOCK = 4_201_337;

export const admissionRows = (db: Db): AdmissionStore => ({
  admit: async (at) => {
    // Each pipeline costs a look at an index; how many of its runs wait is never counted.
    const rows = await db.$queryRaw<{ id: string }[]>`
      /* prepared: admit-runs */
      WITH mine AS MATERIALIZED (
        SELECT pg_try_advisory_xact_lock(${ADMISSION_LOCK}) AS got
      ), room AS MATERIALIZED (
        SELECT p."workspaceId", p."pipelineId",
          greatest(0, coalesce((v."document"->>'max_active_runs')::int, 1) - active.runs) AS places
        FROM mine
        JOIN "Pipeline" p ON mine.got
        CROSS JOIN LATERAL (
          SELECT r."pipelineVersion" FROM "Run" r
          WHERE r."workspaceId" = p."workspaceId" AND r."pipelineId" = p."pipelineId" AND r."status" = 'queued'
          ORDER BY r."priority" DESC, r."number" LIMIT 1
        ) next
        LEFT JOIN "PipelineVersion" v ON v."workspaceId" = p."workspaceId" AND v."pipelineId" = p."pipelineId"
          AND v."version" = coalesce(p."activeVersion", next."pipelineVersion")
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS runs FROM "Run" r
          WHERE r."workspaceId" = p."workspaceId" AND r."pipelineId" = p."pipelineId" AND r."status" = 'running'
        ) active
      ), chosen AS MATERIALIZED (
        SELECT c."id" FROM room CROSS JOIN LATERAL (
          SELECT r."id" FROM "Run" r
          WHERE r."workspaceId" = room."workspaceId" AND r."pipelineId" = room."pipelineId" AND r."status" = 'queued'
          ORDER BY r."priority" DESC, r."number" LIMIT room.places
        ) c
      )
      UPDATE "Run" r SET "status" = 'running', "admittedAt" = ${at}, "startedAt" = ${at}
      FROM chosen WHERE r."id" = chosen."id" AND r."status" = 'queued'
      RETURNING r."id"`;
    return rows.map(({ id }) => id);
  },

  runningRuns: async (since) => {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Run"
      WHERE "status" = 'running' AND (${since}::timestamptz IS NULL OR "admittedAt" >= ${since}::timestamptz)`;
    return rows.map(({ id }) => id);
  },
});
