import { isRecord } from "../../shared/is-record";
import type { Ancestors } from "./ancestors";
import { ancestorsOf } from "./ancestors";
import type { Knowledge } from "./knowledge";
import { type TaskTables, tablesOfTasks } from "./tables-of-tasks";

/** A task as far as a half-written document tells of it. */
export type LooseTask = {
  index: number;
  /** Of its own for each task, also where the document gives none or one twice. */
  task_id: string;
  type: string;
  depends_on: string[];
  run_when: string;
  config: Record<string, unknown>;
};

/** What the checks look at. */
export type LoosePipeline = {
  json: Record<string, unknown>;
  tasks: LooseTask[];
  byId: Map<string, LooseTask>;
  ancestors: Ancestors;
  tables: TaskTables[];
  knowledge: Knowledge;
};

/** Reads what can be read of any JSON. */
export function loosePipeline(json: Record<string, unknown>, knowledge: Knowledge): LoosePipeline {
  const byId = new Map<string, LooseTask>();
  const tasks = (Array.isArray(json.tasks) ? json.tasks : []).map((task: unknown, index) => {
    const loose = looseTask(isRecord(task) ? task : {}, index);
    if (byId.has(loose.task_id)) loose.task_id = `\0${index}`;
    byId.set(loose.task_id, loose);
    return loose;
  });
  const tables = tablesOfTasks(tasks, knowledge);
  return { json, tasks, byId, ancestors: ancestorsOf(tasks), tables, knowledge };
}

const looseTask = (task: Record<string, unknown>, index: number): LooseTask => ({
  index,
  task_id: typeof task.task_id === "string" ? task.task_id : `\0${index}`,
  type: typeof task.type === "string" ? task.type : "",
  depends_on: (Array.isArray(task.depends_on) ? task.depends_on : []).filter(
    (id): id is string => typeof id === "string",
  ),
  run_when: typeof task.run_when === "string" ? task.run_when : "all_succeeded",
  config: isRecord(task.config) ? task.config : {},
});
