import { isEqualJson } from "../../../shared/is-equal-json";
import { Identifier } from "../../document/fields";
import type { Operation } from "../operation";
import { type Draft, type DraftTask, textsOf } from "./draft";
import { place } from "./place";
import { pointerPath } from "./pointer-path";
import { Refused } from "./refused";
import { withReferences } from "./task-references";

type Act<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

const TASK_LEVEL = ["failure_handling", "task_level"];
const POSITIONS = ["canvas", "positions"];

export function addTask(draft: Draft, { id, type, config, after = [], at }: Act<"add_task">): string[] {
  refuseId(draft, id);
  for (const each of after) draft.task(each);
  const depends = after.length === 0 ? {} : { depends_on: [...new Set(after)] };
  draft.editor.append(["tasks"], { task_id: id, type, ...depends, config });
  if (at !== undefined) place(draft, { [id]: at });
  return [id];
}

export function renameTask(draft: Draft, { id, to }: Act<"rename_task">): string[] {
  const renamed = draft.task(id);
  if (id === to) return [];
  refuseId(draft, to);
  const nameOf = (each: string) => (each === id ? to : each);
  draft.editor.set([...renamed.path, "task_id"], to);
  for (const task of draft.tasks) {
    for (const [index, each] of (task.value.depends_on as unknown[] | undefined)?.entries?.() ?? [])
      if (each === id) draft.editor.set([...task.path, "depends_on", index], to);
    rewriteConfig(draft, task, nameOf);
  }
  draft.editor.renameKey(TASK_LEVEL, id, to);
  draft.editor.renameKey(POSITIONS, id, to);
  for (const { path, value } of draft.canvasList("groups"))
    if (textsOf(value.tasks).includes(id))
      draft.editor.set([...path, "tasks"], textsOf(value.tasks).map(nameOf));
  return [];
}

export function connect(draft: Draft, { from, to }: Act<"connect">): string[] {
  const [source, target] = [draft.task(from), draft.task(to)];
  if (source === target) throw new Refused(`${to} cannot depend on itself.`);
  if (target.dependsOn.includes(from)) throw new Refused(`${to} depends on ${from} already.`);
  draft.editor.append([...target.path, "depends_on"], from, "type");
  return [];
}

export function disconnect(draft: Draft, { from, to }: Act<"disconnect">): string[] {
  const target = draft.task(to);
  if (!target.dependsOn.includes(from)) throw new Refused(`${to} does not depend on ${from}.`);
  dropDependencies(draft, target, new Set([from]));
  if (draft.has(from) && draft.task(from).type === "branch") {
    const source = draft.task(from);
    const config = withReferences("branch", source.value.config, (id) => (id === to ? null : id));
    draft.editor.set([...source.path, "config"], config);
  }
  return [];
}

export function setConfig(draft: Draft, { id, pointer, value }: Act<"set_config">): string[] {
  const path = [...draft.task(id).path, "config"];
  draft.editor.set(pointerPath(draft.editor, path, pointer), value);
  return [];
}

export function setTaskField(draft: Draft, { id, pointer, value }: Act<"set_task_field">): string[] {
  if (pointer === "" || /^\/task_id(\/|$)/.test(pointer))
    throw new Refused("Rename the task instead: what names it follows then.");
  const path = pointerPath(draft.editor, draft.task(id).path, pointer);
  draft.editor.set(path, value, pointer === "/depends_on" ? "type" : undefined);
  return [];
}

export function setField(draft: Draft, { pointer, value }: Act<"set_field">): string[] {
  if (pointer === "" || /^\/tasks(\/|$)/.test(pointer))
    throw new Refused("Tasks are changed one by one, or in the text.");
  draft.editor.set(pointerPath(draft.editor, [], pointer), value);
  return [];
}

export function refuseId(draft: Draft, id: string): void {
  const checked = Identifier.safeParse(id);
  if (!checked.success)
    throw new Refused(`${id} cannot be a task's id. ${checked.error.issues[0]?.message}.`);
  if (draft.has(id)) throw new Refused(`There is a task ${id} already.`);
}

export function dropDependencies(draft: Draft, task: DraftTask, gone: ReadonlySet<string>): void {
  const path = [...task.path, "depends_on"];
  const list = task.value.depends_on as unknown[];
  for (const [index, id] of [...list.entries()].toReversed())
    if (typeof id === "string" && gone.has(id)) draft.editor.remove([...path, index]);
  draft.prune(path);
}

export function rewriteConfig(draft: Draft, task: DraftTask, nameOf: (id: string) => string | null): void {
  if (task.value.config === undefined) return;
  const config = withReferences(task.type, task.value.config, nameOf);
  if (!isEqualJson(config, task.value.config)) draft.editor.set([...task.path, "config"], config);
}
