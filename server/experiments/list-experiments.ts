import { z } from "zod";
import { ExperimentSummary } from "../../domain/experiments/experiment-summary";
import { groupByExperiment } from "../../domain/experiments/group-by-experiment";
import { requireRole, type WorkspaceScope } from "../workspaces/index";
import { type Db, evaluatedRuns } from "./store";

const MOST_EVALUATIONS = 100;

export const ListExperimentsResult = z.array(ExperimentSummary);

/** Experiments with their last run and its verdict, from the hundred newest evaluations. */
export async function listExperiments(scope: WorkspaceScope<{ db: Db }>): Promise<ExperimentSummary[]> {
  requireRole(scope, "viewer");
  return groupByExperiment(await evaluatedRuns(scope.db, scope.workspace.id, MOST_EVALUATIONS));
}
