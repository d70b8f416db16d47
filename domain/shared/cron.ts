import { Cron } from "croner";
import cronstrue from "cronstrue";
import { Failure } from "./failure";

/** Five fields or a nickname, in a time zone by its IANA name; UTC where it is absent. */
export type CronTimes = { expression: string; time_zone?: string | undefined };

/**
 * The fire times of five fields (or `@hourly` and its like) in a time zone. A daily time that a change to summer time
 * leaves out fires at the first moment after the gap; one that a change back repeats fires once; hourly and finer ones
 * follow the clock of the world.
 * Failures: `invalid_input`.
 */
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
    return new Cron(expression.trim(), { timezone: time_zone, paused: true, mode: "5-part" });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^CronPattern: /, "") : "";
    throw new Failure("invalid_input", `"${expression}" is not a cron expression: ${why}`, {
      hint: "Write five fields (minute, hour, day, month, weekday), for example 0 */6 * * *.",
      cause,
    });
  }
}

/** The next `count` fire times after `after`, soonest first; fewer where there are none. Failures: `invalid_input`. */
export const nextFires = (schedule: CronTimes, after: Date, count: number): Date[] =>
  cron(schedule).nextRuns(count, after);

/** The newest fire time that is not after `now`; null where there is none. */
export function lastFire(schedule: CronTimes, now: Date): Date | null {
  // `previousRuns` leaves the moment itself out.
  return cron(schedule).previousRuns(1, new Date(now.getTime() + 1))[0] ?? null;
}

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
