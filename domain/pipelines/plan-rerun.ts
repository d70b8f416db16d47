import { Failure } from "../shared/failure";
import type { DagTask } from "./check-dag";
import type { TaskStatuses } from "./order-tasks";

export type RerunChoice = { from?: string | undefined; only?: "failed" | undefined };

/**
 * Which tasks of a run a rerun takes over and which it runs again, in the document's order.
 *
 * Without a choice everything runs again. `from`: that task and all behind it; `only: "failed"`: all that did not
 * succeed. What stands behind a task that runs again runs again too. Failures: `invalid_input`.
 */
export function planRerun(
  tasks: readonly DagTask[],
  statuses: TaskStatuses,
  choice: RerunChoice,
): { reused: string[]; again: string[] } {
  const ids = tasks.map((task) => task.task_id);
  if (choice.from !== undefined && choice.only !== undefined) {
    throw new Failure("invalid_input", "Choose either a task to start from or only the failed tasks.");
  }
  const again = new Set(firstAgain(ids, statuses, choice));
  let grown = true;
  while (grown) {
    const behind = tasks.filter(
      (task) => !again.has(task.task_id) && (task.depends_on ?? []).some((id) => again.has(id)),
    );
    for (const task of behind) again.add(task.task_id);
    grown = behind.length > 0;
  }
  return { reused: ids.filter((id) => !again.has(id)), again: ids.filter((id) => again.has(id)) };
}

function firstAgain(ids: string[], statuses: TaskStatuses, choice: RerunChoice): string[] {
  const notDone = ids.filter((id) => statuses[id] !== "succeeded");
  if (choice.from !== undefined) {
    if (!ids.includes(choice.from)) {
      throw new Failure("invalid_input", `There is no task "${choice.from}" in this run.`, {
        hint: `Tasks: ${ids.join(", ")}.`,
      });
    }
    return [choice.from, ...notDone];
  }
  if (choice.only === "failed") {
    if (notDone.length === 0) {
      throw new Failure("invalid_input", "Every task of this run succeeded.", {
        hint: "Rerun all of it, or from a task.",
      });
    }
    return notDone;
  }
  return ids;
}
