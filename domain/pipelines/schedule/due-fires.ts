import { firesBetween, lastFire } from "../../shared/cron";
import type { ScheduleTimes } from "./read-schedule";

/** A fire that is noticed within this time was not missed. */
const ON_TIME_MS = 90_000;
/** What `all` starts in one look; the next look goes on behind it. */
const MOST_AT_ONCE = 50;

export type DueFires = {
  /** Fire times to start a run for, oldest first. */
  start: Date[];
  /** Fire times up to here are dealt with once those are started. */
  dealtUntil: Date;
};

/**
 * What a schedule asks for now. `dealtUntil` is the newest fire time that was dealt with before, or when the schedule
 * began to count; `isBusy` says that as many of its runs wait or go on as may at the same time.
 * - `all` starts a run for every time, in order; they wait for each other as runs do.
 * - `latest` starts one for the newest, and comes back to it while it is busy.
 * - `none` starts one at its time, and lets a time go that is missed or that finds it busy.
 */
export function dueFires(schedule: ScheduleTimes, dealtUntil: Date, now: Date, isBusy: boolean): DueFires {
  if (schedule.catchUp === "all") {
    const afterDealt = new Date(dealtUntil.getTime() + 1);
    const start = firesBetween(schedule, afterDealt, new Date(now.getTime() + 1), MOST_AT_ONCE);
    return { start, dealtUntil: start.at(-1) ?? dealtUntil };
  }
  const fire = lastFire(schedule, now);
  if (fire === null || fire <= dealtUntil) return { start: [], dealtUntil };
  if (schedule.catchUp === "latest")
    return isBusy ? { start: [], dealtUntil } : { start: [fire], dealtUntil: fire };
  const isMissed = now.getTime() - fire.getTime() > ON_TIME_MS;
  return { start: isMissed || isBusy ? [] : [fire], dealtUntil: fire };
}
