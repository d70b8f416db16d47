import type { Operation } from "../operation";
import type { Draft } from "./draft";
import { leaveGroups } from "./leave-groups";
import { listed } from "./listed";
import { dropDependencies, rewriteConfig } from "./task-acts";

const TASK_LEVEL = ["failure_handling", "task_level"];
const POSITIONS = ["canvas", "positions"];
const GROUPS = ["canvas", "groups"];
const COMMENTS = ["canvas", "comments"];

export function remove(
  draft: Draft,
  { tasks, comments = [], groups = [] }: Extract<Operation, { kind: "remove" }>,
): string[] {
  const gone = new Set(tasks.map((id) => draft.task(id).id));
  const notes = new Set(comments.map((id) => listed(draft, "comments", id).id));
  const dissolved = new Set(groups.map((id) => listed(draft, "groups", id).id));
  if (gone.size > 0) forget(draft, gone);
  for (const { id, path } of draft.canvasList("comments").toReversed())
    if (notes.has(id)) draft.editor.remove(path);
  if (notes.size > 0) draft.prune(COMMENTS);
  if (leaveGroups(draft, gone, dissolved)) draft.prune(GROUPS);
  for (const path of [TASK_LEVEL, POSITIONS])
    if (Object.keys(draft.fields(path)).some((id) => gone.has(id))) draft.prune(path);
  for (const task of draft.tasks.toReversed()) if (gone.has(task.id)) draft.editor.remove(task.path);
  return [];
}

/** Takes tasks out of what names them. */
function forget(draft: Draft, gone: ReadonlySet<string>): void {
  for (const task of draft.tasks) {
    if (gone.has(task.id)) continue;
    if (task.dependsOn.some((id) => gone.has(id))) dropDependencies(draft, task, gone);
    rewriteConfig(draft, task, (id) => (gone.has(id) ? null : id));
  }
  for (const id of gone) {
    draft.editor.remove([...TASK_LEVEL, id]);
    draft.editor.remove([...POSITIONS, id]);
  }
}
