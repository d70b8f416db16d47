import { z } from "zod";
import type { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { Failure } from "../../domain/shared/failure";
import { requireRole, type WorkspaceScope } from "../workspaces/index";
import { type Db, evaluationOf, runRow } from "./store";

export const GetEvaluationInput = z.object({ runId: z.string() });

/** What `model_evaluate` found in this run; null where nothing was judged yet. */
export async function getEvaluation(
  scope: WorkspaceScope<{ db: Db }>,
  { runId }: z.infer<typeof GetEvaluationInput>,
): Promise<EvaluationReport | null> {
  requireRole(scope, "viewer");
  const run = await runRow(scope.db, scope.workspace.id, runId);
  if (run === null) throw new Failure("not_found", `There is no run ${runId} in this workspace.`);
  return evaluationOf(scope.db, scope.workspace.id, run.id);
}
