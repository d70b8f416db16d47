import { z } from "zod";
import { EngineName } from "../../../domain/query/dialect";
import type { PlanNode } from "../../../domain/query/plan-node";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { understandStatement } from "../understand/understand-statement";
import { whereWritten } from "../understand/where-written";
import { PlacementView, StatementFields } from "../views";
import { engineStatement, serverEngine } from "./carry-out";

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

/** How an engine would answer a statement, or did. Of one that writes the query is explained. */
export async function explainQuery(
  scope: QueryScope,
  input: z.infer<typeof ExplainQueryInput>,
  signal?: AbortSignal,
): Promise<z.infer<typeof ExplainQueryResult>> {
  requireRole(scope, "viewer");
  const understood = await understandStatement(scope, input, signal);
  const { placement, prepared, origins } = understood;
  const engine = serverEngine(scope, understood);
  const statement = await engineStatement(scope, understood);
  const limit = scope.queryLimits.timeoutMs === 0 ? [] : [AbortSignal.timeout(scope.queryLimits.timeoutMs)];
  const plan = await whereWritten(origins, () =>
    engine.explain(statement, {
      analyze: input.analyze || prepared.isAnalyzed === true,
      signal: AbortSignal.any([...(signal === undefined ? [] : [signal]), ...limit]),
    }),
  );
  return { engine: placement.engine, placement, translated: prepared.sql, plan };
}
