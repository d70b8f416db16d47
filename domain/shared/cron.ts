import { Cron } from "croner";
import cronstrue from "cronstrue";
import { Failure } from "./failure";
import { type FireOptions, lastFireTime, nextFireTimes } from "./fire-times";

/** Five fields or a nickname, in a time zone by its IANA name; UTC where it is absent. */
export type CronTimes = { expression: string; time_zone?: string | undefined };

/** The wall times that five fields (or `@hourly` and its like) fit. Failures: `invalid_input`. */
function cron({ expression, time_zone = "UTC" }: CronTimes): Cron {
  try {
    new Intl.DateTimeFormat("en", { timeZone: time_zone });
  } catch (cause) {
    throw new Failure("invalid_input", `There is no time zone "${time_zone}".`, {
      hint: "Write an IANA name, for example Europe/Prague or UTC.",
      cause,
    });
  }
  try {
    return new Cron(expression.trim(), { utcOffset: 0, paused: true, mode: "5-part" });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^CronPattern: /, "") : "";
    throw new Failure("invalid_input", `"${expression}" is not a cron expression: ${why}`, {
      hint: "Write five fields (minute, hour, day, month, weekday), for example 0 */6 * * *.",
      cause,
    });
  }
}

const options = ({ expression, time_zone = "UTC" }: CronTimes): FireOptions => ({
  timeZone: time_zone,
  isHourly: /^(@hourly|\S+\s+\*(\/1)?\s.*)$/i.test(expression.trim()),
});

/**
 * The next `count` fire times after `after`, soonest first; fewer where there are none. A time that a change to summer
 * time leaves out fires at the first moment after the gap; one that a change back repeats fires once; patterns of every
 * hour follow the clock of the world. Failures: `invalid_input`.
 */
export const nextFires = (schedule: CronTimes, after: Date, count: number): Date[] =>
  nextFireTimes(cron(schedule), options(schedule), after, count);

/** The fire times from `from` until before `until`, soonest first; at most `most`. Failures: `invalid_input`. */
export const firesBetween = (schedule: CronTimes, from: Date, until: Date, most: number): Date[] =>
  nextFireTimes(cron(schedule), options(schedule), new Date(from.getTime() - 1), most, until);

/** The newest fire time that is not after `now`; null where there is none. */
export const lastFire = (schedule: CronTimes, now: Date): Date | null =>
  lastFireTime(cron(schedule), options(schedule), now);

/** A sentence: `At 06:00, every day (UTC)`. */
export function cronWords(schedule: CronTimes): string {
  cron(schedule);
  const words = cronstrue.toString(schedule.expression.trim(), {
    use24HourTimeFormat: true,
    verbose: true,
    throwExceptionOnParseError: false,
  });
  return `${words} (${schedule.time_zone ?? "UTC"})`;
}

/** Milliseconds of the longest gap between the next twenty fire times; null where there are fewer than two. */
export function longestGapMs(schedule: CronTimes, now: Date): number | null {
  const fires = nextFires(schedule, now, 20).map((fire) => fire.getTime());
  const gaps = fires.slice(1).map((fire, index) => fire - (fires[index] ?? fire));
  return gaps.length === 0 ? null : Math.max(...gaps);
}
