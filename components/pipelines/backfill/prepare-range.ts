import { wallClock } from "@/domain/shared/wall-clock";

const DAY_MS = 24 * 60 * 60_000;

/**
 * The moments of a range of days in a zone: from the first moment of the first day until the last day is over. Null where
 * a day is missing or they are in the wrong order.
 */
export function prepareRange(
  from: string,
  until: string,
  timeZone: string,
): { from: Date; until: Date } | null {
  const first = Date.parse(from);
  const last = Date.parse(until);
  if (Number.isNaN(first) || Number.isNaN(last) || first > last) return null;
  const clock = wallClock(timeZone);
  return {
    from: new Date(clock.instantsOf(first).first),
    until: new Date(clock.instantsOf(last + DAY_MS).first),
  };
}
