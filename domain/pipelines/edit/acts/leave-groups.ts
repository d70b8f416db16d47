import { type Draft, textsOf } from "./draft";

/** Takes tasks out of every group; a group without tasks goes. False where nothing changed. */
export function leaveGroups(draft: Draft, gone: ReadonlySet<string>): boolean {
  let changed = false;
  for (const { path, value } of draft.canvasList("groups").toReversed()) {
    const tasks = textsOf(value.tasks);
    const rest = tasks.filter((id) => !gone.has(id));
    if (rest.length === tasks.length) continue;
    changed = true;
    if (rest.length > 0) draft.editor.set([...path, "tasks"], rest);
    else draft.editor.remove(path);
  }
  return changed;
}
