const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** No zone is further from UTC than this. */
const FARTHEST_MS = 26 * 60 * 60_000;
const MOST_KEPT = 20_000;

/** The clock on the wall of a zone. A wall time is written as the milliseconds of the same text read as UTC. */
export type WallClock = {
  /** What the clock shows at an instant. */
  shows(instantMs: number): number;
  /**
   * The instants at which the clock shows `wallMs`: two where it is put back, earliest first. Where it is put forward
   * over that time: the first moment after the gap, and `isSkipped`.
   */
  instantsOf(wallMs: number): { first: number; second: number | null; isSkipped: boolean };
  /** Whether the clock is put forward or back within a day of this instant. */
  changesNear(instantMs: number): boolean;
};

const clocks = new Map<string, WallClock>();

/** Failures: a RangeError where there is no such zone. */
export function wallClock(timeZone: string): WallClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = makeClock(offsetsOf(timeZone));
  clocks.set(timeZone, clock);
  return clock;
}

function makeClock(offsetAt: (instantMs: number) => number): WallClock {
  return {
    shows: (instantMs) => instantMs + offsetAt(instantMs),
    changesNear: (instantMs) => offsetAt(instantMs - DAY_MS) !== offsetAt(instantMs + DAY_MS),
    instantsOf(wallMs) {
      const before = offsetAt(wallMs - FARTHEST_MS);
      const after = offsetAt(wallMs + FARTHEST_MS);
      if (before === after) return { first: wallMs - before, second: null, isSkipped: false };
      const instants = [wallMs - before, wallMs - after]
        .filter((instant) => instant + offsetAt(instant) === wallMs)
        .sort((a, b) => a - b);
      const [first, second = null] = instants;
      if (first !== undefined) return { first, second, isSkipped: false };
      return {
        first: changeBetween(wallMs - FARTHEST_MS, wallMs + FARTHEST_MS),
        second: null,
        isSkipped: true,
      };
    },
  };

  /** The first instant that no longer has the offset of `from`. */
  function changeBetween(from: number, to: number): number {
    const before = offsetAt(from);
    let low = Math.floor(from / QUARTER_MS);
    let high = Math.ceil(to / QUARTER_MS);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle * QUARTER_MS) === before) low = middle;
      else high = middle;
    }
    return high * QUARTER_MS;
  }
}

/** Milliseconds to add to UTC. Clocks change at full quarters of an hour, so one answer serves a quarter. */
function offsetsOf(timeZone: string): (instantMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const kept = new Map<number, number>();
  return (instantMs) => {
    const quarter = Math.floor(instantMs / QUARTER_MS);
    const known = kept.get(quarter);
    if (known !== undefined) return known;
    const [, sign = "+", hours = "0", minutes = "0", seconds = "0"] =
      /GMT(?:([+-])(\d+)(?::(\d+))?(?::(\d+))?)?$/.exec(format.format(quarter * QUARTER_MS)) ?? [];
    const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    const offset = sign === "-" ? -size : size;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(quarter, offset);
    return offset;
  };
}
