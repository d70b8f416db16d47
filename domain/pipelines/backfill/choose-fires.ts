import { type CronTimes, firesBetween } from "../../shared/cron";
import { Failure } from "../../shared/failure";
import type { RunStatus } from "../../shared/run-status";
import type { BackfillWhich } from "./backfill-view";

/** Fire times of one back-fill. */
const MOST_FIRES = 10_000;

const SLICE = 250;

export type FireRange = { from: Date; until: Date };

/**
 * The fire times from `from` until before `until`, soonest first, in slices that take some milliseconds each: whoever walks
 * them can let others work in between. Failures: `invalid_input` where the range is empty or holds too many.
 */
export function* fireSlices(times: CronTimes, { from, until }: FireRange): Generator<Date[]> {
  if (from >= until) throw new Failure("invalid_input", "The range ends before it begins.");
  let count = 0;
  for (let next = from; ; ) {
    const slice = firesBetween(times, next, until, SLICE);
    count += slice.length;
    if (count > MOST_FIRES) {
      throw new Failure("invalid_input", `The range holds more than ${MOST_FIRES} fire times.`, {
        hint: "Choose a shorter range, or a cron that fires less often.",
      });
    }
    yield slice;
    const last = slice.at(-1);
    if (last === undefined || slice.length < SLICE) return;
    next = new Date(last.getTime() + 1);
  }
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
