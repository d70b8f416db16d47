import type { QueryLimits } from "../query-limits";
import type { RunStore } from "../query-store";
import { removeResult, resultFolder } from "../results/result-folder";
import type { RunningQueries } from "./running-queries";

export type LetGoScope = {
  store: RunStore;
  resultsDir: string;
  queryLimits: QueryLimits;
  running: Pick<RunningQueries, "bytes">;
};

/**
 * Lets go of results that are too old, and of the oldest of workspaces whose results take too much, those that are still
 * written counted with them.
 */
export async function letOldResultsGo(
  { store, resultsDir, queryLimits, running }: LetGoScope,
  now: Date,
): Promise<string[]> {
  const kept = await store.keptResults();
  const taken = running.bytes();
  for (const { workspaceId, bytes } of kept) taken.set(workspaceId, (taken.get(workspaceId) ?? 0) + bytes);
  const gone: string[] = [];
  for (const result of kept) {
    const total = taken.get(result.workspaceId) ?? 0;
    const isOld = now.getTime() - result.endedAt.getTime() > queryLimits.keptMs;
    if (!isOld && total <= queryLimits.workspaceBytes) continue;
    taken.set(result.workspaceId, total - result.bytes);
    await store.changeRun(result.id, { resultKept: false });
    await removeResult(resultFolder(resultsDir, result));
    gone.push(result.id);
  }
  return gone;
}
