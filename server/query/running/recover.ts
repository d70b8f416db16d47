import type { Clock } from "../../../domain/shared/clock";
import { removeResult, resultFolder } from "../results/result-folder";
import { type LetGoScope, letOldResultsGo } from "./let-go";
import type { RunningQueries } from "./running-queries";

export type RecoverScope = LetGoScope & { running: RunningQueries; clock: Clock };

/** Says of runs that a process before this one left that they failed, and removes what they had written. */
export async function failAbandonedRuns(scope: RecoverScope): Promise<void> {
  const now = scope.clock.now();
  for (const run of await scope.store.unfinishedRuns()) {
    if (scope.running.find(run.id) !== null) continue;
    await scope.store.changeRun(run.id, {
      status: "failed",
      endedAt: now,
      resultKept: false,
      error: {
        code: "engine_unavailable",
        message: "The server was restarted while the statement ran.",
        hint: "Run it again; nothing of it was written.",
        place: null,
      },
    });
    await removeResult(resultFolder(scope.resultsDir, run));
  }
  await letOldResultsGo(scope, now);
}

const recovered = new WeakMap<RunningQueries, Promise<void>>();

/** Does so once in the life of a process, before its first look at runs. */
export function recoverOnce(scope: RecoverScope): Promise<void> {
  const held = recovered.get(scope.running) ?? failAbandonedRuns(scope);
  recovered.set(scope.running, held);
  held.catch(() => recovered.delete(scope.running));
  return held;
}
