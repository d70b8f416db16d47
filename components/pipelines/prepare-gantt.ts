import type { TaskView } from "@/domain/pipelines/run-view";
import type { RunStatus } from "@/domain/shared/run-status";

/** A span of one row. `startShare` and `widthShare` are 0–1 of the axis. */
export type GanttBar = {
  key: string;
  kind: "attempt" | "wait";
  status: RunStatus;
  /** Attempt number; 0 for a wait. */
  attempt: number;
  startShare: number;
  widthShare: number;
  ms: number;
};
export type GanttRow = {
  taskId: string;
  status: RunStatus;
  reused: boolean;
  bars: GanttBar[];
  totalMs: number;
};
export type GanttTick = { share: number; at: Date; major: boolean };
export type Gantt = { rows: GanttRow[]; ticks: GanttTick[]; start: Date; end: Date; nowShare: number | null };

const STEPS_MS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 6 * 3600, 24 * 3600].map(
  (seconds) => seconds * 1000,
);
const MAJOR_TICKS = 6;

/** The time axis of a run: attempts of a task share a row, the waits between them included. Null before anything began. */
export function prepareGantt(tasks: readonly TaskView[], now: Date): Gantt | null {
  const begun = tasks.flatMap((task) => task.attempts.map((attempt) => attempt.startedAt.getTime()));
  if (begun.length === 0) return null;
  const start = Math.min(...begun);
  const open = tasks.some((task) => task.attempts.some((attempt) => attempt.endedAt === null));
  const ends = tasks.flatMap((task) => task.attempts.map((attempt) => (attempt.endedAt ?? now).getTime()));
  const end = Math.max(...ends, start + 1000);
  const share = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start)));

  const rows = tasks.map((task): GanttRow => {
    const bars: GanttBar[] = [];
    let before: number | null = null;
    for (const attempt of task.attempts) {
      const from = attempt.startedAt.getTime();
      const to = Math.max(from, (attempt.endedAt ?? now).getTime());
      if (before !== null && from > before) {
        bars.push({
          key: `wait-${attempt.number}`,
          kind: "wait",
          status: "retrying",
          attempt: 0,
          startShare: share(before),
          widthShare: share(from) - share(before),
          ms: from - before,
        });
      }
      bars.push({
        key: `attempt-${attempt.number}`,
        kind: "attempt",
        status: attempt.status,
        attempt: attempt.number,
        startShare: share(from),
        widthShare: share(to) - share(from),
        ms: to - from,
      });
      before = to;
    }
    const totalMs = bars.reduce((sum, bar) => sum + bar.ms, 0);
    return { taskId: task.taskId, status: task.status, reused: task.reused, bars, totalMs };
  });
  return {
    rows,
    ticks: ticksOf(start, end),
    start: new Date(start),
    end: new Date(end),
    nowShare: open ? share(now.getTime()) : null,
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
