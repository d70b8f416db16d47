import type { RunStatus } from "../../shared/run-status";
import type { TaskView } from "../run-view";

/** Children by their map, in order. */
export function mapChildren(tasks: readonly TaskView[]): Map<string, TaskView[]> {
  const children = new Map<string, TaskView[]>();
  for (const task of tasks) {
    if (task.childOf === null) continue;
    const siblings = children.get(task.childOf);
    if (siblings === undefined) children.set(task.childOf, [task]);
    else siblings.push(task);
  }
  return children;
}

const URGENCY: RunStatus[] = ["failed", "retrying", "running", "cancelled", "queued", "succeeded", "skipped"];

/** At most `most`: what failed first, then what is under way, then the others, each in the order of the list. */
export function worthShowing(children: readonly TaskView[], most: number): TaskView[] {
  const shown: TaskView[] = [];
  for (const status of URGENCY)
    for (const child of children) {
      if (shown.length === most) return shown;
      if (child.status === status) shown.push(child);
    }
  return shown;
}
