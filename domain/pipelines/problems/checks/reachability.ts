import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import type { Problem } from "../problem";
import { choicesOf } from "./outputs";

/** Tasks that no run ever starts, because no branch before them chooses them. */
export function checkReachability({ tasks, byId }: LoosePipeline): Problem[] {
  const chosen = new Map(
    tasks
      .filter((task) => task.type === "branch")
      .map((task) => [task.task_id, new Set(choicesOf(task).flat())]),
  );
  if (chosen.size === 0) return [];
  const lost = new Set<string>();
  const isClosed = (task: LooseTask, id: string) =>
    lost.has(id) || chosen.get(id)?.has(task.task_id) === false;
  const isLost = (task: LooseTask) =>
    task.run_when !== "all_ended" &&
    task.depends_on.length > 0 &&
    task.depends_on.every((id) => byId.has(id) && isClosed(task, id));
  for (let grown = true; grown; ) {
    const found = tasks.filter((task) => !lost.has(task.task_id) && isLost(task));
    for (const task of found) lost.add(task.task_id);
    grown = found.length > 0;
  }
  return tasks.filter((task) => lost.has(task.task_id)).map((task) => unreachable(task, byId));
}

function unreachable(task: LooseTask, byId: Map<string, LooseTask>): Problem {
  const branch = task.depends_on.map((id) => byId.get(id)).find((each) => each?.type === "branch");
  const problem = {
    pointer: `/tasks/${task.index}/depends_on`,
    taskId: task.task_id,
    severity: "error" as const,
    code: "unreachable_task" as const,
  };
  if (branch === undefined) {
    return {
      ...problem,
      message: `"${task.task_id}" never runs: everything that it waits for is never chosen.`,
      hint: "Let it depend on a task that a branch chooses.",
    };
  }
  const otherwise = choicesOf(branch).at(-1) ?? [];
  return {
    ...problem,
    message: `"${task.task_id}" never runs: no case of the branch "${branch.task_id}" names it.`,
    hint: "Name it in a case or in otherwise.",
    fix: {
      label: `Choose ${task.task_id} otherwise`,
      pointer: `/tasks/${branch.index}/config/otherwise`,
      value: [...otherwise, task.task_id],
    },
  };
}
