import type { EvaluatedRun, ExperimentSummary } from "./experiment-summary";

/** Experiments by their last evaluation, newest first. `runs` are newest first; a run judged twice counts once. */
export function groupByExperiment(
  runs: readonly { experiment: string; run: EvaluatedRun }[],
): ExperimentSummary[] {
  const groups = new Map<string, ExperimentSummary>();
  for (const { experiment, run } of runs) {
    const group = groups.get(experiment);
    if (group === undefined) groups.set(experiment, { name: experiment, lastRun: run, runs: [run] });
    else if (!group.runs.some(({ id }) => id === run.id)) group.runs.push(run);
  }
  return [...groups.values()];
}
