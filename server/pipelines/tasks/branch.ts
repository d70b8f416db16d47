import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { TaskExecutor } from "../task-executor";
import { TaskFailed } from "../task-failed";

type Branch = Extract<PipelineTask, { type: "branch" }>;

/** Chooses the tasks of the first case that holds. */
export const branch: TaskExecutor<Branch> = async ({ config }, work) => {
  for (const { when, then } of config.cases) {
    const holds = work.evaluate(when);
    if (typeof holds !== "boolean") throw noTruth(when, holds);
    if (holds) return told(work, then, when);
  }
  return told(work, config.otherwise, null);
};

function told(work: Parameters<TaskExecutor>[1], chosen: string[], when: string | null) {
  const names = chosen.length === 0 ? "nothing" : chosen.join(", ");
  const why = when === null ? "no case holds" : when;
  work.progress(`chose ${names}: ${why}`);
  work.note(0, `INFO chose ${names}: ${why}`);
  return { chosen };
}

const noTruth = (when: string, value: unknown): TaskFailed =>
  new TaskFailed(
    {
      code: "invalid_input",
      message: `The case ${when} is neither true nor false: it is ${JSON.stringify(value)}.`,
      hint: "Write a comparison, for example tasks.load.outputs.rows > 0.",
      detail: null,
    },
    "final",
  );
