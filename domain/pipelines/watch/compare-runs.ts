import type { RunStatus } from "../../shared/run-status";
import type { RunView, TaskView } from "../run-view";

/** A task as one of the two runs had it. */
export type ComparedSide = {
  state: RunStatus | "reused";
  /** Null before its end. */
  ms: number | null;
  attempts: number;
  /** Rows written, over all tables; null where it wrote none. */
  rows: number | null;
  metrics: Readonly<Record<string, number>>;
};
/** Null where a run has no such task. */
export type ComparedTask = { taskId: string; before: ComparedSide | null; after: ComparedSide | null };

/** Tasks of two runs side by side, in the order of `after`, then those that only `before` has. Items of maps are left out. */
export function compareRuns(before: RunView, after: RunView): ComparedTask[] {
  const [left, right] = [before, after].map(sides);
  const ids = new Set([...(right?.keys() ?? []), ...(left?.keys() ?? [])]);
  return [...ids].map((taskId) => ({
    taskId,
    before: left?.get(taskId) ?? null,
    after: right?.get(taskId) ?? null,
  }));
}

const sides = ({ tasks }: RunView): Map<string, ComparedSide> =>
  new Map(tasks.flatMap((task) => (task.childOf === null ? [[task.taskId, sideOf(task)]] : [])));

function sideOf({ status, reused, startedAt, endedAt, attempts, outputs }: TaskView): ComparedSide {
  return {
    state: reused && status === "succeeded" ? "reused" : status,
    ms: startedAt === null || endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    attempts: attempts.length,
    rows: outputs.tables?.reduce((sum, { rowCount }) => sum + rowCount, 0) ?? null,
    metrics: outputs.metrics ?? {},
  };
}
