import type { RunView, TaskView } from "../run-view";
import { orderRunTasks } from "./order-run-tasks";
import type { RunChange } from "./run-change";

/** The run after a change. Tasks that did not change stay the same objects. Null before the first whole run. */
export function applyRunChange(held: RunView | null, { run, tasks, isWhole }: RunChange): RunView | null {
  if (isWhole) return { ...run, tasks };
  if (held === null) return null;
  const changed = new Map(tasks.map((task) => [task.taskId, task]));
  const next = held.tasks.map((task) => {
    const to = changed.get(task.taskId);
    changed.delete(task.taskId);
    return to ?? task;
  });
  return { ...run, tasks: changed.size === 0 ? next : withNew(next, [...changed.values()]) };
}

function withNew(tasks: TaskView[], added: TaskView[]): TaskView[] {
  const written = tasks.filter(({ childOf }) => childOf === null).map(({ taskId }) => taskId);
  return orderRunTasks([...tasks, ...added], written);
}
