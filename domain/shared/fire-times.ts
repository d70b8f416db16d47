import { type WallClock, wallClock } from "./wall-clock";

/** Where clocks change, wall times and instants run in different orders over at most this long. */
const OVERLAP_MS = 3 * 60 * 60_000;

/** Wall times that a pattern fits, as a clock in UTC would show them. */
export type WallPattern = {
  nextRun(after: Date): Date | null;
  previousRuns(count: number, before: Date): Date[];
};

export type FireOptions = {
  timeZone: string;
  /**
   * True for patterns of every hour: they follow the clock of the world through both changes. All others fire at each of
   * their wall times once: at the first of two, and at the first moment after a gap that leaves it out.
   */
  isHourly: boolean;
};

/** The next `count` instants after `after` and before `until` at which the pattern fires, soonest first. */
export function nextFireTimes(
  pattern: WallPattern,
  options: FireOptions,
  after: Date,
  count: number,
  until: Date | null = null,
): Date[] {
  const clock = wallClock(options.timeZone);
  const fires: Date[] = [];
  let last = after.getTime();
  let waiting: number[] = [];
  const end = until?.getTime() ?? Number.POSITIVE_INFINITY;
  const emit = (upTo: number) => {
    for (const instant of waiting.filter((each) => each <= upTo).sort((a, b) => a - b)) {
      if (instant > last && instant < end && fires.length < count) {
        fires.push(new Date(instant));
        last = instant;
      }
    }
    waiting = waiting.filter((each) => each > upTo);
  };
  const slack = clock.changesNear(last) ? OVERLAP_MS : 0;
  let wall = pattern.nextRun(new Date(clock.shows(last) - slack));
  while (wall !== null && fires.length < count) {
    const instants = fireInstants(clock, wall.getTime(), options.isHourly);
    if ((instants[0] ?? 0) >= end) break;
    // Wall times in order have first instants in order: nothing earlier can come any more.
    emit((instants[0] ?? Number.NEGATIVE_INFINITY) - 1);
    waiting.push(...instants);
    wall = pattern.nextRun(wall);
  }
  emit(Number.POSITIVE_INFINITY);
  return fires;
}

/** The newest instant that is not after `now` at which the pattern fired; null where there is none. */
export function lastFireTime(pattern: WallPattern, options: FireOptions, now: Date): Date | null {
  const clock = wallClock(options.timeZone);
  const limit = now.getTime();
  const slack = clock.changesNear(limit) ? OVERLAP_MS : 0;
  let best = Number.NEGATIVE_INFINITY;
  /** Whether an earlier wall time may have a second instant after the best one. */
  const mayHideLater = (wallMs: number) =>
    slack > 0 && options.isHourly && wallMs >= clock.shows(best) - OVERLAP_MS;
  let before = new Date(clock.shows(limit) + slack + 1);
  for (;;) {
    const wall = pattern.previousRuns(1, before)[0];
    if (wall === undefined) break;
    const passed = fireInstants(clock, wall.getTime(), options.isHourly).filter((each) => each <= limit);
    best = Math.max(best, ...passed);
    if (Number.isFinite(best) && !mayHideLater(wall.getTime())) break;
    before = wall;
  }
  return Number.isFinite(best) ? new Date(best) : null;
}

function fireInstants(clock: WallClock, wallMs: number, isHourly: boolean): number[] {
  const { first, second, isSkipped } = clock.instantsOf(wallMs);
  if (!isHourly) return [first];
  if (isSkipped) return [];
  return second === null ? [first] : [first, second];
}
