import { z } from "zod";
import { Dialect } from "../../../domain/query/dialect";
import { QueryParameters } from "../../../domain/query/query-parameter";
import { QueryRun } from "../../../domain/query/query-run";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { MOST_SQL, QueryRunView } from "../views";
import { newRun } from "./start-query";

const LONGEST_MS = 30 * 24 * 60 * 60_000;

/** What the page tells of a statement that it ran itself. */
export const RecordQueryInput = z.object({
  sql: z.string().min(1).max(MOST_SQL),
  dialect: Dialect.default("trino"),
  parameters: QueryParameters.default([]),
  kind: QueryRun.shape.kind.default("select"),
  status: z.enum(["succeeded", "failed", "cancelled"]),
  placement: z.object({ reason: z.string().max(1_000), chosen: z.enum(["auto", "by_user"]) }),
  translated: z.string().max(MOST_SQL).nullable().default(null),
  columns: QueryRun.shape.columns.default(null),
  rows: z.int().min(0).default(0),
  bytes: z.number().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  elapsedMs: z.number().min(0).max(LONGEST_MS),
  reads: QueryRun.shape.reads.max(1_000).default([]),
  savedQuery: QueryRun.shape.savedQuery.default(null),
  error: QueryRun.shape.error.default(null),
});
export const RecordQueryResult = QueryRunView.pick({ id: true, createdAt: true });

/** Puts a statement that the browser ran into the history. */
export async function recordQuery(
  scope: QueryScope,
  input: z.infer<typeof RecordQueryInput>,
): Promise<z.infer<typeof RecordQueryResult>> {
  requireRole(scope, "viewer");
  const { sql, dialect, parameters, savedQuery, placement, elapsedMs, ...told } = input;
  const run = newRun(scope, {
    sql,
    dialect,
    parameters,
    engine: "auto",
    savedQuery: savedQuery ?? undefined,
  });
  const endedAt = run.createdAt;
  const startedAt = new Date(endedAt.getTime() - elapsedMs);
  await scope.store.insertRun({
    ...run,
    ...told,
    placement: { engine: "browser", ...placement },
    createdAt: startedAt,
    startedAt,
    endedAt,
  });
  return { id: run.id, createdAt: startedAt };
}
