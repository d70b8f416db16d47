import { lastFire } from "../shared/cron";
import type { ConnectionSchedule } from "./connection-document";

export type CronSchedule = Extract<ConnectionSchedule, { type: "cron" }>;

/** A fire that is noticed within this time was not missed. */
const ON_TIME_MS = 90_000;

export type DueFire = {
  /** Start a sync for this fire time; null: nothing is to be started. */
  start: Date | null;
  /** Fire times up to here are dealt with. */
  dealtUntil: Date;
};

/**
 * What the schedule asks for now. `dealtUntil` is the newest fire time that was dealt with before (or when the schedule
 * began to count). However many fire times passed, one sync at most is started: for the newest. One that was missed is
 * made up for (`run_once`) or passed over (`skip`). While a sync of the connection is under way nothing starts:
 * `run_once` comes back to it, `skip` lets it go.
 */
export function dueFire(schedule: CronSchedule, dealtUntil: Date, now: Date, isBusy: boolean): DueFire {
  const fire = lastFire(schedule, now);
  if (fire === null || fire.getTime() <= dealtUntil.getTime()) return { start: null, dealtUntil };
  const makesUp = (schedule.missed ?? "run_once") === "run_once";
  if (isBusy) return { start: null, dealtUntil: makesUp ? dealtUntil : fire };
  const isMissed = now.getTime() - fire.getTime() > ON_TIME_MS;
  return { start: isMissed && !makesUp ? null : fire, dealtUntil: fire };
}
