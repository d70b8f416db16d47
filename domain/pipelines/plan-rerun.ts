import { Failure } from "../shared/failure";
import type { DagTask } from "./check-dag";
import type { TaskStatuses } from "./order-tasks";

export type RerunChoice = {
  from?: string | undefined;
  only?: "failed" | "changed" | undefined;
  /** Tasks whose config or inputs are others than when they succeeded. */
  changed?: readonly string[];
  /** Tasks that a branch did not choose: where the branch is taken over, they are skipped again. */
  notChosen?: readonly string[];
};

/**
 * Which tasks of a run a rerun takes over and which it runs again, in the document's order.
 *
 * Without a choice everything runs again. `from`: that task and all behind it; `only: "failed"`: all that did not
 * succeed; `only: "changed"`: that, and all whose inputs are others now. What stands behind a task that runs again runs
 * again too. What neither runs again nor is taken over was not chosen by a branch that is taken over. Failures:
 * `invalid_input`.
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
  const skipped = new Set((choice.notChosen ?? []).filter((id) => !again.has(id)));
  return {
    reused: ids.filter((id) => !again.has(id) && !skipped.has(id)),
    again: ids.filter((id) => again.has(id)),
  };
}

function firstAgain(ids: string[], statuses: TaskStatuses, choice: RerunChoice): string[] {
  const notChosen = new Set(choice.notChosen);
  const notDone = ids.filter((id) => statuses[id] !== "succeeded" && !notChosen.has(id));
  if (choice.from !== undefined) {
    if (!ids.includes(choice.from)) {
      throw new Failure("invalid_input", `There is no task "${choice.from}" in this run.`, {
        hint: `Tasks: ${ids.join(", ")}.`,
      });
    }
    if (notChosen.has(choice.from)) {
      throw new Failure("invalid_input", `A branch before "${choice.from}" did not choose it.`, {
        hint: "Start from the branch.",
      });
    }
    return [choice.from, ...notDone];
  }
  if (choice.only === "changed") {
    const first = [...notDone, ...(choice.changed ?? [])];
    if (first.length > 0) return first;
    throw new Failure("invalid_input", "Nothing that this run read has changed since.", {
      hint: "Rerun all of it, or from a task.",
    });
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
