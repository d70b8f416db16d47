import { z } from "zod";
import { QueryRun } from "../../../domain/query/query-run";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { QueryRunView, StatementFields } from "../views";

export const StartQueryInput = z.object({
  ...StatementFields,
  /** The browser runs statements itself: see `queries.prepare` and `queries.record`. */
  engine: z.enum(["auto", "duckdb", "trino"]).default("auto"),
  /** Keeps the first rows only. */
  limit: z.int().min(1).optional(),
  savedQuery: QueryRun.shape.savedQuery.unwrap().optional(),
});
export type StartQueryInput = z.infer<typeof StartQueryInput>;

export const StartedQuery = QueryRunView.pick({ id: true, status: true, kind: true, placement: true });

export async function startQuery(
  scope: QueryScope,
  _input: StartQueryInput,
): Promise<z.infer<typeof StartedQuery>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "Statements cannot be run yet.");
}
