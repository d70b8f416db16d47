import type { InputError } from "../../shared/failure";
import { escapePointer } from "../../shared/json-pointer";
import { noSuchTask } from "./no-such-task";
import type { PipelineDocument, PipelineTask } from "./pipeline-document";

type BranchTask = Extract<PipelineTask, { type: "branch" }>;

/** Names of tasks outside of `depends_on`: what branches choose and what failures are handled. */
export function checkReferences({ tasks, failure_handling }: PipelineDocument): InputError[] {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const policies = Object.keys(failure_handling?.task_level ?? {}).flatMap((id) =>
    byId.has(id)
      ? []
      : [
          {
            pointer: `/failure_handling/task_level/${escapePointer(id)}`,
            message: noSuchTask(id, byId.keys()),
          },
        ],
  );
  return [
    ...policies,
    ...tasks.flatMap((task, index) =>
      task.type === "branch" ? checkBranch(task, `/tasks/${index}/config`, byId) : [],
    ),
  ];
}

function checkBranch(branch: BranchTask, at: string, byId: Map<string, PipelineTask>): InputError[] {
  const { cases, otherwise = [] } = branch.config;
  const check = (ids: unknown, pointer: string): InputError[] => {
    if (!Array.isArray(ids)) return [];
    return ids.flatMap((id: string, place) => {
      const task = byId.get(id);
      if (task === undefined)
        return [{ pointer: `${pointer}/${place}`, message: noSuchTask(id, byId.keys()) }];
      if (task.depends_on?.includes(branch.task_id)) return [];
      return [
        {
          pointer: `${pointer}/${place}`,
          message: `"${id}" does not depend on "${branch.task_id}", so the branch cannot choose it. Add "${branch.task_id}" to its depends_on.`,
        },
      ];
    });
  };
  return [
    ...(Array.isArray(cases) ? cases : []).flatMap(({ then }, index) =>
      check(then, `${at}/cases/${index}/then`),
    ),
    ...check(otherwise, `${at}/otherwise`),
  ];
}
