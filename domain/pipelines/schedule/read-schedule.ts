import type { CronTimes } from "../../shared/cron";

/** What becomes of fire times that passed unserved: the newest is made up for, each is, or none. */
export type CatchUp = "latest" | "all" | "none";

export type ScheduleTimes = CronTimes & { time_zone: string; catchUp: CatchUp };

/** As documents write it: a cron in UTC, or one with its zone. */
export type WrittenSchedule =
  | string
  | { cron: string; time_zone?: string | undefined; catch_up?: CatchUp | undefined };

/** A document's schedule with its defaults: UTC, and the newest of the missed times is made up for. */
export function readSchedule(schedule: WrittenSchedule): ScheduleTimes {
  const {
    cron,
    time_zone = "UTC",
    catch_up = "latest",
  } = typeof schedule === "string" ? { cron: schedule } : schedule;
  return { expression: cron, time_zone, catchUp: catch_up };
}
