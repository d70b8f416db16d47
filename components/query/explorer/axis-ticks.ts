import { isTime } from "@/domain/query/compile/column-kind";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { axisText } from "./prepare-column";

/** `left` from 0 to 1; minor ticks have no label. */
export type AxisTick = { left: number; label: string | null };

const SECOND_US = 1_000_000;
const DAY_US = 86_400 * SECOND_US;
const TIME_STEPS = [
  1,
  5,
  15,
  60,
  300,
  900,
  3600,
  3 * 3600,
  6 * 3600,
  12 * 3600,
  86_400,
  2 * 86_400,
  7 * 86_400,
  14 * 86_400,
  30 * 86_400,
  91 * 86_400,
  365 * 86_400,
  1826 * 86_400,
  3652 * 86_400,
  36_524 * 86_400,
].map((seconds) => seconds * SECOND_US);
const LABELS = 5;

/** The ruler below a histogram: some labelled ticks at round values, four small ones between each two. */
export function axisTicks(profile: ColumnProfile): AxisTick[] {
  const from = profile.histogram[0]?.from;
  const to = profile.histogram.at(-1)?.to;
  if (from === undefined || to === undefined || !(to > from)) return [];
  const span = to - from;
  const step = isTime(profile.kind) ? timeStep(span, profile.kind === "date") : roundStep(span / LABELS);
  const minor = step / 5;
  const ticks: AxisTick[] = [];
  // Without the sign of a zero from below.
  const first = Math.ceil(from / minor - 1e-9) + 0;
  const last = Math.floor(to / minor + 1e-9);
  // Past that, one more is no other number.
  if (!(last - first < 1000) || Math.max(Math.abs(first), Math.abs(last)) > 2 ** 52) return [];
  for (let place = first; place <= last; place += 1) {
    const isMajor = place % 5 === 0;
    const value = isMajor ? (place / 5) * step : place * minor;
    const label = isMajor ? axisText(value, profile, span) : null;
    ticks.push({ left: Math.min(1, Math.max(0, (value - from) / span)), label });
  }
  return ticks;
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * 0.7) ?? 10;
  return factor * power;
}

const timeStep = (span: number, isDay: boolean): number =>
  TIME_STEPS.find((step) => step >= span / LABELS && (!isDay || step >= DAY_US)) ?? roundStep(span / LABELS);
