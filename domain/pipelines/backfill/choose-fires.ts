import { type CronTimes, firesBetween } from "../../shared/cron";
import { Failure } from "../../shared/failure";
import type { RunStatus } from "../../shared/run-status";
import type { BackfillWhich } from "./backfill-view";

/** Fire times of one back-fill. */
const MOST_FIRES = 10_000;

export type FireRange = { from: Date; until: Date; newestFirst: boolean };

/**
 * The fire times from `from` until before `until`, in the order in which a back-fill makes their runs. It follows from
 * its arguments alone. Failures: `invalid_input` where the range is empty or holds too many.
 */
export function firesOfRange(times: CronTimes, { from, until, newestFirst }: FireRange): Date[] {
  if (from >= until) throw new Failure("invalid_input", "The range ends before it begins.");
  const found = firesBetween(times, from, until, MOST_FIRES + 1);
  if (found.length > MOST_FIRES) {
    throw new Failure("invalid_input", `The range holds more than ${MOST_FIRES} fire times.`, {
      hint: "Choose a shorter range, or a cron that fires less often.",
    });
  }
  return newestFirst ? found.reverse() : found;
}

export type FireState = "none" | "succeeded" | "failed" | "under_way";

/** How the runs for one fire time stand together: a success counts most, then one that goes on. */
export function fireState(statuses: readonly RunStatus[]): FireState {
  if (statuses.includes("succeeded")) return "succeeded";
  if (statuses.some((each) => each === "queued" || each === "running" || each === "retrying"))
    return "under_way";
  return statuses.length === 0 ? "none" : "failed";
}

/** Whether a fire time in this state gets a run. */
export function isToMake(which: BackfillWhich, state: FireState): boolean {
  switch (which) {
    case "all":
      return true;
    case "missing":
      return state === "none" || state === "failed";
    case "failed":
      return state === "failed";
  }
}
