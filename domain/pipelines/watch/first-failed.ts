import type { TaskView } from "../run-view";

/** The task that failed first with an error of its own, children of maps among them; at the same instant the first in order. */
export function firstFailed(tasks: readonly TaskView[]): TaskView | null {
  let first: TaskView | null = null;
  for (const task of tasks) {
    if (task.status !== "failed" || (task.attempts.at(-1)?.error ?? null) === null) continue;
    if (first === null || endOf(task) < endOf(first)) first = task;
  }
  return first;
}

const endOf = ({ endedAt }: TaskView): number => endedAt?.getTime() ?? Number.POSITIVE_INFINITY;
