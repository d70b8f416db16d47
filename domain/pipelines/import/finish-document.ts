import { freeIds, plainId } from "./free-id";
import type { ImportedPipeline } from "./imported-pipeline";
import { type ImportedGraph, joinGroups } from "./join-groups";
import type { Json } from "./json";
import type { Notes } from "./notes";
import type { ImportedRetry } from "./retry-policy";

export type ImportedTask = {
  /** Unique in its source; the task's id is made of it. */
  key: string;
  type: "sql_execute" | "http" | "branch" | "sub_pipeline" | "python";
  config: Json;
  runWhen?: "all_ended";
  retry?: ImportedRetry;
  timeout?: string;
  /** It does nothing: what waits for it waits for what it waits for. */
  isEmpty?: boolean;
};

/** The document of tasks and what lies between them. */
export function finishDocument(
  head: Json & { pipeline_id: string; name: string },
  tasks: ImportedTask[],
  groups: ImportedGraph["groups"],
  edges: ImportedGraph["edges"],
  notes: Notes,
): ImportedPipeline {
  const waits = joinGroups({ tasks: tasks.map(({ key }) => key), groups, edges });
  const kept = leaveEmpty(tasks, waits, notes);
  const idFor = freeIds();
  const ids = new Map(kept.map(({ key }) => [key, idFor(key)]));
  for (const [key, id] of ids) {
    if (id !== key && id !== key.replaceAll(/[./]/g, "_"))
      notes.add(`task ${key}`, key, `It is called ${id} here: ids hold letters, digits, _ and -.`);
  }
  const behind = new Map<string, string[]>();
  for (const { key } of kept)
    for (const before of waits.get(key) ?? [])
      behind.set(before, [...(behind.get(before) ?? []), ids.get(key) ?? ""]);
  const canvas = groups.flatMap(({ key, label, members }) => {
    const inside = members.flatMap((member) => ids.get(member) ?? []);
    return inside.length === 0 ? [] : [{ id: plainId(key, "group"), label, tasks: inside }];
  });
  const document = {
    ...head,
    tasks: kept.map((task) => ({
      task_id: ids.get(task.key),
      type: task.type,
      ...dependsOn((waits.get(task.key) ?? []).map((before) => ids.get(before) ?? "")),
      ...(task.runWhen === undefined ? {} : { run_when: task.runWhen }),
      config: configOf(task, head.pipeline_id, ids.get(task.key) ?? "", behind.get(task.key) ?? []),
      ...retryOf(task),
      ...(task.timeout === undefined ? {} : { timeout: task.timeout }),
    })),
    ...(canvas.length === 0 ? {} : { canvas: { groups: canvas } }),
  };
  return { document, notMapped: notes.list };
}

const dependsOn = (before: string[]) => (before.length === 0 ? {} : { depends_on: before });

/** Python tasks are tried twice where nothing is said; other tools try once. */
function retryOf({ type, retry }: ImportedTask) {
  if (retry === undefined) return type === "python" ? { retry_policy: { max_attempts: 1 } } : {};
  return { retry_policy: retry };
}

function configOf({ type, config }: ImportedTask, pipelineId: string, id: string, behind: string[]): Json {
  if (type === "python") return { script: `${plainId(pipelineId, "imported")}/${id}.py`, ...config };
  // Conditions are left empty: they have to be written before the pipeline can be activated.
  // biome-ignore lint/suspicious/noThenProperty: the document's word; it is a list, never a function
  if (type === "branch") return { cases: behind.map((task) => ({ when: "", then: [task] })), ...config };
  return config;
}

/** Joins what lies before and behind tasks that do nothing. One behind a branch stays, since it can be chosen. */
function leaveEmpty(tasks: ImportedTask[], waits: Map<string, string[]>, notes: Notes): ImportedTask[] {
  const branches = new Set(tasks.flatMap(({ key, type }) => (type === "branch" ? [key] : [])));
  const isLeft = (task: ImportedTask) =>
    task.isEmpty === true && !(waits.get(task.key) ?? []).some((before) => branches.has(before));
  const left = new Set(tasks.filter(isLeft).map(({ key }) => key));
  if (left.size === 0 || left.size === tasks.length) return tasks;
  const through = new Map<string, string[]>();
  const resolve = (key: string, path: Set<string>): string[] => {
    if (!left.has(key)) return [key];
    const known = through.get(key);
    if (known !== undefined || path.has(key)) return known ?? [];
    const found = new Set((waits.get(key) ?? []).flatMap((it) => resolve(it, new Set([...path, key]))));
    through.set(key, [...found]);
    return [...found];
  };
  for (const key of left)
    notes.add(`task ${key}`, key, "It does nothing, so it is left out; its dependencies are joined.");
  const kept = tasks.filter(({ key }) => !left.has(key));
  for (const { key } of kept)
    waits.set(key, [...new Set((waits.get(key) ?? []).flatMap((it) => resolve(it, new Set())))]);
  return kept;
}
