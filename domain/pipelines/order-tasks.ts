import { isFinal } from "../shared/is-final";
import type { RunStatus } from "../shared/run-status";
import type { DagTask } from "./check-dag";

/** Ids so that each task stands after those it depends on; among equals the document's order. The graph must be sound. */
export function orderTasks(tasks: readonly DagTask[]): string[] {
  const ordered: string[] = [];
  const placed = new Set<string>();
  while (ordered.length < tasks.length) {
    const next = tasks.find(
      (task) => !placed.has(task.task_id) && (task.depends_on ?? []).every((id) => placed.has(id)),
    );
    if (next === undefined) return ordered;
    placed.add(next.task_id);
    ordered.push(next.task_id);
  }
  return ordered;
}

export type TaskStatuses = Record<string, RunStatus>;

/** Queued tasks whose every dependency has succeeded, in the document's order. */
export function readyTasks(tasks: readonly DagTask[], statuses: TaskStatuses): string[] {
  return tasks
    .filter((task) => (statuses[task.task_id] ?? "queued") === "queued")
    .filter((task) => (task.depends_on ?? []).every((id) => statuses[id] === "succeeded"))
    .map((task) => task.task_id);
}

/** Queued tasks that can never start, because a task before them ended without success. */
export function unreachableTasks(tasks: readonly DagTask[], statuses: TaskStatuses): string[] {
  const lost = new Set(
    Object.entries(statuses)
      .filter(([, status]) => isFinal(status) && status !== "succeeded")
      .map(([id]) => id),
  );
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  return orderTasks(tasks).filter((id) => {
    if ((statuses[id] ?? "queued") !== "queued") return false;
    const unreachable = (byId.get(id)?.depends_on ?? []).some((dependency) => lost.has(dependency));
    if (unreachable) lost.add(id);
    return unreachable;
  });
}
