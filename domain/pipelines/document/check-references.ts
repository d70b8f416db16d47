import { escapePointer } from "../../shared/json-pointer";
import type { DocumentError } from "./document-error";
import { noSuchTask } from "./no-such-task";
import type { PipelineDocument, PipelineTask } from "./pipeline-document";

type BranchTask = Extract<PipelineTask, { type: "branch" }>;

/** Names of tasks outside of `depends_on`: what branches choose and what failures are handled. */
export function checkReferences({ tasks, failure_handling }: PipelineDocument): DocumentError[] {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const policies = Object.keys(failure_handling?.task_level ?? {}).flatMap((id): DocumentError[] =>
    byId.has(id)
      ? []
      : [
          {
            pointer: `/failure_handling/task_level/${escapePointer(id)}`,
            code: "unknown_task",
            message: noSuchTask(id, byId.keys()).message,
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

function checkBranch(branch: BranchTask, at: string, byId: Map<string, PipelineTask>): DocumentError[] {
  const { cases, otherwise = [] } = branch.config;
  const check = (ids: unknown, pointer: string): DocumentError[] => {
    if (!Array.isArray(ids)) return [];
    return ids.flatMap((id: string, place): DocumentError[] => {
      const task = byId.get(id);
      if (task === undefined)
        return [{ pointer: `${pointer}/${place}`, code: "unknown_task", ...noSuchTask(id, byId.keys()) }];
      if (task.depends_on?.includes(branch.task_id)) return [];
      return [
        {
          pointer: `${pointer}/${place}`,
          code: "wrong_value",
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
