import type { TableCatalog } from "../../../domain/ports/table-catalog";
import type { Clock } from "../../../domain/shared/clock";
import type { RunChange, StoredRun } from "../query-store";
import { removeResult, resultFolder } from "../results/result-folder";
import { writtenBy } from "../writes/written-by";
import { type LetGoScope, letOldResultsGo } from "./let-go";
import type { RunningQueries } from "./running-queries";

export type RecoverScope = LetGoScope & {
  running: RunningQueries;
  tableCatalog: Pick<TableCatalog, "find">;
  clock: Clock;
};

/** Says of runs that a process before this one left that they failed, and removes what they had written. */
export async function failAbandonedRuns(scope: RecoverScope): Promise<void> {
  const now = scope.clock.now();
  for (const run of await scope.store.unfinishedRuns()) {
    if (scope.running.find(run.id) !== null) continue;
    await scope.store.changeRun(run.id, { endedAt: now, resultKept: false, ...(await endOf(scope, run)) });
    await removeResult(resultFolder(scope.resultsDir, run));
  }
  await letOldResultsGo(scope, now);
}

/** A table that was committed before the process went is there. */
async function endOf({ tableCatalog }: RecoverScope, run: StoredRun): Promise<RunChange> {
  const [write] = run.writes;
  const table =
    write === undefined || write.mode === "drop"
      ? null
      : await tableCatalog.find(run.workspaceId, write.table).catch(() => "unknown" as const);
  if (write !== undefined && table !== null && table !== "unknown" && table.writtenBy === writtenBy(run.id))
    return { status: "succeeded", writes: [{ ...write, snapshotId: table.snapshotId }] };
  const isKnown = write === undefined || (table !== "unknown" && write.mode !== "drop");
  return {
    status: "failed",
    writes: [],
    error: {
      code: "engine_unavailable",
      message: "The server was restarted while the statement ran.",
      hint: isKnown ? "Run it again; nothing of it was written." : "Look at the table, and run it again.",
      place: null,
    },
  };
}

const recovered = new WeakMap<RunningQueries, Promise<void>>();

/** Does so once in the life of a process, before its first look at runs. */
export function recoverOnce(scope: RecoverScope): Promise<void> {
  const held = recovered.get(scope.running) ?? failAbandonedRuns(scope);
  recovered.set(scope.running, held);
  held.catch(() => recovered.delete(scope.running));
  return held;
}
