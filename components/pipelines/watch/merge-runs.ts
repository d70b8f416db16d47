import type { RunSummary } from "@/domain/pipelines/run-view";

/** Runs of one pipeline once each, newest first; of two readings of a run that of `newest` counts. */
export function mergeRuns(newest: readonly RunSummary[], older: readonly RunSummary[]): RunSummary[] {
  const byId = new Map([...older, ...newest].map((run) => [run.id, run]));
  return [...byId.values()].sort((a, b) => b.number - a.number);
}

/** Whether runs lie between the newest and those that were read before: so many came meanwhile. */
export function hasGap(newest: readonly RunSummary[], older: readonly RunSummary[]): boolean {
  const [last, first] = [newest.at(-1), older[0]];
  return last !== undefined && first !== undefined && last.number > first.number + 1;
}
