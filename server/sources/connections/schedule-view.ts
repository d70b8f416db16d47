import { cronWords, longestGapMs, nextFires } from "../../../domain/shared/cron";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import type { ScheduleView } from "../../../domain/sources/connection-view";

const SHOWN_FIRES = 5;

/** The schedule in words and in times; null where the document has none. */
export function scheduleView(
  { schedule }: Pick<ConnectionDocument, "schedule">,
  paused: boolean,
  now: Date,
): ScheduleView | null {
  if (schedule === undefined) return null;
  if (schedule.type === "manual") {
    return {
      type: "manual",
      expression: null,
      timeZone: null,
      missed: null,
      words: "When asked",
      paused,
      nextRuns: [],
    };
  }
  return {
    type: "cron",
    expression: schedule.expression,
    timeZone: schedule.time_zone ?? "UTC",
    missed: schedule.missed ?? "run_once",
    words: cronWords(schedule),
    paused,
    nextRuns: paused ? [] : nextFires(schedule, now, SHOWN_FIRES),
  };
}

/** How old the data may become: twice the longest gap of the schedule. Null without one. */
export function lagLimitSeconds(
  { schedule }: Pick<ConnectionDocument, "schedule">,
  paused: boolean,
  now: Date,
): number | null {
  if (schedule?.type !== "cron" || paused) return null;
  const gap = longestGapMs(schedule, now);
  return gap === null ? null : (2 * gap) / 1_000;
}
