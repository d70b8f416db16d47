import type { TaskView } from "@/domain/pipelines/run-view";
import { mapChildren, worthShowing } from "@/domain/pipelines/watch/map-children";
import { isFinal } from "@/domain/shared/is-final";
import type { RunStatus } from "@/domain/shared/run-status";
import { countStates } from "../watch/count-states";

/** A span of one row. `startShare` and `widthShare` are 0–1 of the axis. */
export type GanttBar = {
  key: string;
  /** `items`: from the first item of a map to its last. */
  kind: "attempt" | "wait" | "items";
  status: RunStatus;
  /** Attempt number; 0 where it is none. */
  attempt: number;
  startShare: number;
  widthShare: number;
  ms: number;
};
/** Of a map: how its items stand, and how many of them are not shown. */
export type GanttFold = { isUnfolded: boolean; words: string; hidden: number };
export type GanttRow = {
  taskId: string;
  status: RunStatus;
  reused: boolean;
  /** An item of the map above. */
  isChild: boolean;
  fold: GanttFold | null;
  bars: GanttBar[];
  totalMs: number;
};
export type GanttTick = { share: number; at: Date; major: boolean };
export type Gantt = { rows: GanttRow[]; ticks: GanttTick[]; start: Date; end: Date; nowShare: number | null };

const STEPS_MS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 6 * 3600, 24 * 3600].map(
  (seconds) => seconds * 1000,
);
const MAJOR_TICKS = 6;

/** What an unfolded map shows at most. */
const MOST_CHILDREN = 100;

/**
 * The time axis of a run: attempts of a task share a row, the waits between them included. A map is one row from its first
 * item's start to its last one's end; `unfolded` maps show the items worth it below. Null before anything began.
 */
export function prepareGantt(
  tasks: readonly TaskView[],
  now: Date,
  unfolded: ReadonlySet<string> = new Set(),
): Gantt | null {
  let start = Number.POSITIVE_INFINITY;
  let last = 0;
  let open = false;
  for (const { attempts } of tasks)
    for (const { startedAt, endedAt } of attempts) {
      start = Math.min(start, startedAt.getTime());
      last = Math.max(last, (endedAt ?? now).getTime());
      open ||= endedAt === null;
    }
  if (last === 0) return null;
  const end = Math.max(last, start + 1000);
  const share = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start)));
  const byMap = mapChildren(tasks);
  const rows = tasks.flatMap((task): GanttRow[] => {
    if (task.childOf !== null) return [];
    const children = byMap.get(task.taskId) ?? [];
    if (children.length === 0) return [rowOf(task, now, share, null)];
    const isUnfolded = unfolded.has(task.taskId);
    const shown = isUnfolded ? worthShowing(children, MOST_CHILDREN) : [];
    const fold = { isUnfolded, words: countStates(children), hidden: children.length - shown.length };
    return [
      rowOfMap(task, children, now, share, fold),
      ...shown.map((child) => rowOf(child, now, share, null)),
    ];
  });
  return {
    rows,
    ticks: ticksOf(start, end),
    start: new Date(start),
    end: new Date(end),
    nowShare: open ? share(now.getTime()) : null,
  };
}

type Share = (at: number) => number;

function rowOf(task: TaskView, now: Date, share: Share, fold: GanttFold | null): GanttRow {
  const bars: GanttBar[] = [];
  let before: number | null = null;
  for (const attempt of task.attempts) {
    const from = attempt.startedAt.getTime();
    const to = Math.max(from, (attempt.endedAt ?? now).getTime());
    if (before !== null && from > before)
      bars.push(barOf("wait", "retrying", attempt.number, before, from, share));
    bars.push(barOf("attempt", attempt.status, attempt.number, from, to, share));
    before = to;
  }
  const totalMs = bars.reduce((sum, bar) => sum + bar.ms, 0);
  const { taskId, status, reused, childOf } = task;
  return { taskId, status, reused, isChild: childOf !== null, fold, bars, totalMs };
}

function rowOfMap(
  task: TaskView,
  children: readonly TaskView[],
  now: Date,
  share: Share,
  fold: GanttFold,
): GanttRow {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { startedAt, endedAt } of children) {
    if (startedAt === null) continue;
    from = Math.min(from, startedAt.getTime());
    to = Math.max(to, (endedAt ?? now).getTime());
  }
  const row = rowOf(task, now, share, fold);
  if (to === 0) return row;
  const end = isFinal(task.status) ? to : Math.max(to, now.getTime());
  return { ...row, bars: [barOf("items", task.status, 0, from, end, share)], totalMs: end - from };
}

function barOf(
  kind: GanttBar["kind"],
  status: RunStatus,
  number: number,
  from: number,
  to: number,
  share: Share,
): GanttBar {
  return {
    key: `${kind}-${number}`,
    kind,
    status,
    attempt: kind === "attempt" ? number : 0,
    startShare: share(from),
    widthShare: share(to) - share(from),
    ms: to - from,
  };
}

function ticksOf(start: number, end: number): GanttTick[] {
  const major = STEPS_MS.find((step) => (end - start) / step <= MAJOR_TICKS) ?? 24 * 3_600_000;
  const minor = major / 5;
  const ticks: GanttTick[] = [];
  for (let at = Math.ceil(start / minor) * minor; at <= end && ticks.length < 400; at += minor) {
    ticks.push({ share: (at - start) / (end - start), at: new Date(at), major: at % major === 0 });
  }
  return ticks;
}
