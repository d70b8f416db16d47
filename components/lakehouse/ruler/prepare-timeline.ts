import { formatClock, formatDay, formatNumber } from "@/components/ui/format";
import type { Snapshot } from "../lake-types";
import { lineageOf } from "./main-lineage";
import { type Tick, timeTicks } from "./time-ticks";

/** Rows added fill the bar above the line, rows gone are hollow below it. */
export type MarkShape = "bars" | "compaction" | "no-rows";

export type Mark = {
  snapshot: Snapshot;
  shape: MarkShape;
  /** Place on the ruler, 0–1. */
  left: number;
  /** Heights of the bars, 0–1; 0 where there is none. */
  up: number;
  down: number;
  isOnMain: boolean;
  isHead: boolean;
  /** Whether there is room for its number. */
  hasLabel: boolean;
  words: string;
};

export type Timeline = {
  /** Oldest first. */
  marks: Mark[];
  ticks: Tick[];
  /** By their times, or evenly where commits stand too close for that. */
  spacing: "time" | "commit";
  nowLeft: number | null;
  /** Width of a bar, 0–1. */
  barWidth: number;
};

const MIN_GAP = 0.022;
const LABEL_GAP = 0.02;
const MOST_SHIFT = 0.03;
const EDGE = 0.015;

/** Snapshots on a ruler. `head` is where readers of main are. */
export function prepareTimeline(snapshots: readonly Snapshot[], head: string | null, now: Date): Timeline {
  const sorted = [...snapshots].sort((a, b) => a.version - b.version || +a.committedAt - +b.committedAt);
  const main = lineageOf(sorted, head);
  const most = Math.max(1, ...sorted.flatMap(({ addedRows, deletedRows }) => [addedRows, deletedRows]));
  const placed = placesOf(sorted, now);
  let lastLabel = Number.NEGATIVE_INFINITY;
  const marks = sorted.map((snapshot, index): Mark => {
    const left = placed.lefts[index] ?? 0;
    const isHead = snapshot.snapshotId === head;
    const hasLabel = left - lastLabel >= LABEL_GAP;
    if (hasLabel) lastLabel = left;
    return {
      snapshot,
      left,
      isHead,
      hasLabel,
      shape: shapeOf(snapshot),
      up: barHeight(snapshot.addedRows, most),
      down: barHeight(snapshot.deletedRows, most),
      isOnMain: main.has(snapshot.snapshotId),
      words: wordsOf(snapshot, isHead, main.has(snapshot.snapshotId)),
    };
  });
  const gap = sorted.length < 2 ? 1 : 0.9 / sorted.length;
  return { ...placed, marks, barWidth: Math.min(0.0085, gap * 0.6) };
}

/** A compaction rewrites files and no row. */
function shapeOf({ operation, kind, addedRows, deletedRows }: Snapshot): MarkShape {
  if (operation === "replace" || kind === "compaction") return "compaction";
  return addedRows + deletedRows === 0 ? "no-rows" : "bars";
}

/** By the square root, so that a small commit beside a large one is still seen. */
const barHeight = (rows: number, most: number): number =>
  rows <= 0 ? 0 : Math.max(0.12, Math.sqrt(rows / most));

function wordsOf(snapshot: Snapshot, isHead: boolean, isOnMain: boolean): string {
  const { version, committedAt, addedRows, deletedRows, kind, refs } = snapshot;
  const rows =
    shapeOf(snapshot) === "bars"
      ? [
          ...(addedRows > 0 ? [`+${formatNumber(addedRows)} rows`] : []),
          ...(deletedRows > 0 ? [`−${formatNumber(deletedRows)} rows`] : []),
        ].join(", ")
      : shapeOf(snapshot) === "compaction"
        ? "files rewritten, no row changed"
        : "no row changed";
  const place = isHead
    ? "readers are here"
    : isOnMain
      ? null
      : `not on main${refs.length > 0 ? `, ${refs.join(", ")}` : ""}`;
  const when = `${formatDay(committedAt)}, ${formatClock(committedAt)} UTC`;
  return [`Version ${version}, ${kind || snapshot.operation}`, when, rows, place].filter(Boolean).join("; ");
}

type Places = Pick<Timeline, "ticks" | "spacing" | "nowLeft"> & { lefts: number[] };

function placesOf(sorted: readonly Snapshot[], now: Date): Places {
  const times = sorted.map(({ committedAt }) => committedAt.getTime());
  const first = Math.min(...times);
  const last = Math.max(...times);
  const span = last - first;
  const byTime = span > 0 && sorted.length * MIN_GAP < 1 - 2 * EDGE;
  if (byTime) {
    const showsNow = now.getTime() > last && now.getTime() - last < span * 0.15;
    const end = showsNow ? now.getTime() : last;
    const scale = (time: number) => EDGE + ((time - first) / (end - first)) * (1 - 2 * EDGE);
    const exact = times.map(scale);
    const lefts = spread(exact);
    if (lefts.every((left, index) => Math.abs(left - (exact[index] ?? 0)) <= MOST_SHIFT)) {
      const nowLeft = showsNow ? scale(end) : null;
      return { lefts, ticks: timeTicks(first, end, scale), spacing: "time", nowLeft };
    }
  }
  const step = (1 - 2 * EDGE) / Math.max(1, sorted.length - 1);
  const lefts = sorted.map((_, index) => (sorted.length === 1 ? 0.5 : EDGE + index * step));
  return { lefts, ticks: commitTicks(sorted, lefts), spacing: "commit", nowLeft: null };
}

/** Pushes marks apart that would cover each other, and back from the right end. */
function spread(exact: readonly number[]): number[] {
  const lefts: number[] = [];
  for (const left of exact) lefts.push(Math.max(left, (lefts.at(-1) ?? Number.NEGATIVE_INFINITY) + MIN_GAP));
  let limit = 1 - EDGE;
  for (let index = lefts.length - 1; index >= 0; index -= 1) {
    lefts[index] = Math.min(lefts[index] ?? 0, limit);
    limit = (lefts[index] ?? 0) - MIN_GAP;
  }
  return lefts;
}

const DAY_MS = 86_400_000;
const TICK_LABEL_GAP = 0.105;

function commitTicks(sorted: readonly Snapshot[], lefts: readonly number[]): Tick[] {
  let last = Number.NEGATIVE_INFINITY;
  const times = sorted.map(({ committedAt }) => committedAt.getTime());
  const isOneDay = Math.max(...times) - Math.min(...times) < DAY_MS;
  return sorted.map(({ committedAt }, index) => {
    const left = lefts[index] ?? 0;
    const isLabelled = left - last >= TICK_LABEL_GAP;
    if (isLabelled) last = left;
    const clock = formatClock(committedAt);
    const label = isOneDay ? clock : `${formatDay(committedAt).replace(/ \d{4}$/, "")} ${clock.slice(0, 5)}`;
    return { left, label: isLabelled ? label : null, isMajor: isLabelled };
  });
}
