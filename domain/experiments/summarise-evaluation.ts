import type { EvaluationReport } from "./evaluation-report";
import type { VerdictSummary } from "./experiment-summary";

/** The verdict of a report as lists show it. */
export function summariseEvaluation({ status, overall, wins }: EvaluationReport): VerdictSummary {
  return {
    status,
    wape: overall.backtest.wape,
    holdoutWape: overall.holdout.wape,
    baselineWape: Object.fromEntries(
      Object.entries(overall.baselines).map(([name, { backtest }]) => [name, backtest.wape]),
    ),
    wins,
  };
}
