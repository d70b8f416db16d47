import { z } from "zod";
import { EngineName } from "../../../domain/query/dialect";
import type { PlanNode } from "../../../domain/query/plan-node";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { PlacementView, StatementFields } from "../views";

export const ExplainQueryInput = z.object({
  ...StatementFields,
  engine: z.enum(["auto", "duckdb", "trino"]).default("auto"),
  /** Runs the statement, drops its rows, and says what each step took. */
  analyze: z.boolean().default(false),
});
export const ExplainQueryResult = z.object({
  engine: EngineName,
  placement: PlacementView,
  /** What the engine was asked. */
  translated: z.string(),
  plan: z.custom<PlanNode>(),
});

/** How an engine would answer a statement, or did. */
export async function explainQuery(
  scope: QueryScope,
  _input: z.infer<typeof ExplainQueryInput>,
  _signal?: AbortSignal,
): Promise<z.infer<typeof ExplainQueryResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
