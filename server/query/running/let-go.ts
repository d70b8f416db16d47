import type { QueryLimits } from "../query-limits";
import type { RunStore } from "../query-store";
import { removeResult, resultFolder } from "../results/result-folder";

export type LetGoScope = { store: RunStore; resultsDir: string; queryLimits: QueryLimits };

/**
 * Lets go of results that are too old, and of the oldest of workspaces whose results take too much. `newest` is one that is
 * whole and stays, though the store does not say so yet.
 */
export async function letOldResultsGo(
  { store, resultsDir, queryLimits }: LetGoScope,
  now: Date,
  newest?: { workspaceId: string; bytes: number },
): Promise<string[]> {
  const kept = await store.keptResults();
  const taken = new Map(newest === undefined ? [] : [[newest.workspaceId, newest.bytes]]);
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
