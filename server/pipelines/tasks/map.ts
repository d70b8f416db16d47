import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { TaskExecutor } from "../task-executor";
import { TaskFailed } from "../task-failed";

type MapTask = Extract<PipelineTask, { type: "map" }>;

const MOST_ITEMS = 10_000;

/** Makes one task of each item; what carries the run then runs them. */
export const map: TaskExecutor<MapTask> = async ({ config }, work, { store }) => {
  const items: unknown = config.over;
  if (!Array.isArray(items)) throw wrong(`over is ${kindOf(items)}, and a list is needed.`);
  if (items.length > MOST_ITEMS)
    throw wrong(`The list has ${items.length} items; ${MOST_ITEMS} is the most.`);
  await store.addChildren(work.key.runId, work.key.taskId, config.task.type, items);
  work.progress(`${items.length} items`);
  work.note(0, `INFO ${items.length} items`);
  return { items: items.length };
};

const kindOf = (value: unknown): string => (value === null ? "nothing" : `a ${typeof value}`);

const wrong = (message: string): TaskFailed =>
  new TaskFailed({ code: "invalid_input", message, hint: null, detail: null }, "final");
