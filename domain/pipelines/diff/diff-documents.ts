import { withReferences } from "../edit/acts/task-references";
import type { DocumentChange } from "./document-change";
import { leafChanges } from "./leaf-changes";
import { matchRenamed } from "./match-renamed";

type Fields = Record<string, unknown>;
type Task = { id: string; type: string; dependsOn: string[]; content: Fields };

/**
 * What changed in meaning from one document to another: tasks first, in the order of the newer document, then edges, then
 * the rest. A rename is one change; what only follows it is none. Canvas, order and formatting are none.
 */
export function diffDocuments(before: unknown, after: unknown): DocumentChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const [oldTasks, nowTasks] = [tasksOf(old), tasksOf(now)];
  const [oldIds, nowIds] = [new Set(oldTasks.map(({ id }) => id)), new Set(nowTasks.map(({ id }) => id))];
  const renamed = matchRenamed(
    oldTasks.filter(({ id }) => !nowIds.has(id)).map(blurred),
    nowTasks.filter(({ id }) => !oldIds.has(id)).map(blurred),
  );
  const nameOf = (id: string) => renamed.get(id) ?? id;
  const was = oldTasks.map((task) => followed(task, nameOf));
  return [
    ...taskChanges(was, nowTasks, new Map([...renamed].map(([from, to]) => [to, from]))),
    ...edgeChanges(was, nowTasks),
    ...leafChanges(
      restOf(old, nameOf),
      restOf(now, (id) => id),
    ).map((each) => ({
      change: "field_changed" as const,
      ...each,
    })),
  ];
}

function taskChanges(
  was: readonly Task[],
  now: readonly Task[],
  formerNames: ReadonlyMap<string, string>,
): DocumentChange[] {
  const byId = new Map(was.map((task) => [task.id, task]));
  const there = new Set(now.map((task) => task.id));
  const changes = now.flatMap((task): DocumentChange[] => {
    const old = byId.get(task.id);
    if (old === undefined) return [{ change: "task_added", task: task.id, type: task.type }];
    const from = formerNames.get(task.id);
    const rename: DocumentChange[] =
      from === undefined ? [] : [{ change: "task_renamed", task: task.id, from }];
    const fields = leafChanges({ type: old.type, ...old.content }, { type: task.type, ...task.content });
    return [
      ...rename,
      ...fields.map((each) => ({ change: "task_changed" as const, task: task.id, ...each })),
    ];
  });
  const gone = was.filter((task) => !there.has(task.id));
  return [...changes, ...gone.map(({ id, type }) => ({ change: "task_removed" as const, task: id, type }))];
}

function edgeChanges(was: readonly Task[], now: readonly Task[]): DocumentChange[] {
  const [old, current] = [edgesOf(was), edgesOf(now)];
  return [
    ...[...current]
      .filter(([key]) => !old.has(key))
      .map(([, edge]) => ({ change: "edge_added" as const, ...edge })),
    ...[...old]
      .filter(([key]) => !current.has(key))
      .map(([, edge]) => ({ change: "edge_removed" as const, ...edge })),
  ];
}

const edgesOf = (tasks: readonly Task[]): Map<string, { from: string; to: string }> =>
  new Map(tasks.flatMap(({ id, dependsOn }) => dependsOn.map((from) => [`${from} ${id}`, { from, to: id }])));

/** A task of the older document with the names of the newer one. */
const followed = (task: Task, nameOf: (id: string) => string, id = nameOf(task.id)): Task => ({
  ...task,
  id,
  dependsOn: task.dependsOn.map(nameOf),
  content: { ...task.content, config: withReferences(task.type, task.content.config, nameOf) },
});

/** Without the names of other tasks, which may be new ones too. */
const blurred = (task: Task): Task => followed(task, () => "_", task.id);

/** What is neither tasks nor drawing, with the names of the newer document. */
function restOf({ tasks: _tasks, canvas: _canvas, ...rest }: Fields, nameOf: (id: string) => string): Fields {
  const handling = fieldsOf(rest.failure_handling);
  if (handling.task_level === undefined) return rest;
  const level = Object.entries(fieldsOf(handling.task_level)).map(([id, policy]) => [nameOf(id), policy]);
  return { ...rest, failure_handling: { ...handling, task_level: Object.fromEntries(level) } };
}

function tasksOf({ tasks }: Fields): Task[] {
  return listOf(tasks).flatMap((each) => {
    const { task_id: id, type, depends_on: dependsOn, ...content } = fieldsOf(each);
    if (typeof id !== "string") return [];
    const depends = listOf(dependsOn).filter((one): one is string => typeof one === "string");
    return [{ id, type: String(type), dependsOn: depends, content }];
  });
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
