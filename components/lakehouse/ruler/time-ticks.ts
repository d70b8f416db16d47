import { formatClock, formatDay } from "@/components/ui/format";

export type Tick = { left: number; label: string | null; isMajor: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A major step and how many minor ones it holds. */
const STEPS: [number, number][] = [
  [1000, 2],
  [5000, 5],
  [15_000, 3],
  [MINUTE, 4],
  [5 * MINUTE, 5],
  [15 * MINUTE, 3],
  [HOUR, 4],
  [3 * HOUR, 3],
  [6 * HOUR, 6],
  [12 * HOUR, 4],
  [DAY, 4],
  [2 * DAY, 2],
  [7 * DAY, 7],
  [28 * DAY, 4],
  [91 * DAY, 13],
  [364 * DAY, 4],
];
const MOST_MAJOR = 12;

/** Ticks of a ruler over a time, at round moments in UTC; at most a dozen of them are labelled. Milliseconds in. */
export function timeTicks(from: number, to: number, scale: (time: number) => number): Tick[] {
  const [major, parts] = STEPS.find(([step]) => (to - from) / step <= MOST_MAJOR) ?? [
    Math.ceil((to - from) / MOST_MAJOR / DAY) * DAY,
    1,
  ];
  const minor = major / parts;
  const ticks: Tick[] = [];
  for (let time = Math.ceil(from / minor) * minor; time <= to; time += minor) {
    const isMajor = Math.round(time / minor) % parts === 0;
    ticks.push({ left: scale(time), isMajor, label: isMajor ? labelOf(time, major) : null });
  }
  return ticks;
}

function labelOf(time: number, step: number): string {
  const at = new Date(time);
  const day = formatDay(at);
  if (step >= 28 * DAY) return day;
  const short = day.replace(/ \d{4}$/, "");
  if (step >= DAY) return short;
  const clock = formatClock(at);
  if (clock === "00:00:00") return short;
  return step < MINUTE ? clock : clock.slice(0, 5);
}
