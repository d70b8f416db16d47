import type { ShownState } from "@/components/ui/prepare-state";
import type { RunDay } from "@/domain/pipelines/backfill/backfill-view";

export type HeatDay = {
  day: string;
  /** Null: no run of that day. */
  state: ShownState | null;
  /** Read out, and shown on hover. */
  label: string;
  isInRange: boolean;
};

/** A column is a week from Monday to Sunday. */
export type DayHeat = { weeks: { key: string; days: HeatDay[] }[]; hiddenWeeks: number };

const DAY_MS = 24 * 60 * 60_000;
const MOST_WEEKS = 27;

/**
 * The calendar around a range of days, both inclusive (`2026-03-29`), and how the runs of each day ended. Of a long range
 * its last weeks are shown.
 */
export function prepareDayHeat(runDays: readonly RunDay[], from: string, until: string): DayHeat {
  const byDay = new Map(runDays.map((each) => [each.day, each]));
  const first = Date.parse(from);
  const last = Date.parse(until);
  if (Number.isNaN(first) || Number.isNaN(last) || first > last) return { weeks: [], hiddenWeeks: 0 };
  const start = monday(first);
  const all = Math.floor((monday(last) - start) / (7 * DAY_MS)) + 1;
  const hiddenWeeks = Math.max(0, all - MOST_WEEKS);
  const weeks = Array.from({ length: all - hiddenWeeks }, (_week, week) => {
    const weekStart = start + (week + hiddenWeeks) * 7 * DAY_MS;
    const days = Array.from({ length: 7 }, (_day, weekday): HeatDay => {
      const at = weekStart + weekday * DAY_MS;
      const day = new Date(at).toISOString().slice(0, 10);
      const runs = byDay.get(day);
      return { day, ...heatOf(day, runs), isInRange: at >= first && at <= last };
    });
    return { key: days[0]?.day ?? "", days };
  });
  return { weeks, hiddenWeeks };
}

function heatOf(day: string, runs: RunDay | undefined): { state: ShownState | null; label: string } {
  if (runs === undefined) return { state: null, label: `${day}: no run` };
  const { succeeded, failed, other } = runs;
  const parts = [
    [succeeded, "succeeded"],
    [failed, "failed"],
    [other, "otherwise"],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  const state = failed > 0 ? (succeeded > 0 ? "warning" : "failed") : succeeded > 0 ? "succeeded" : "queued";
  return { state, label: `${day}: ${parts.join(", ")}` };
}

/** Midnight of the Monday before or at a day. 1970-01-01 was a Thursday. */
const monday = (at: number): number => at - ((Math.floor(at / DAY_MS) + 3) % 7) * DAY_MS;
