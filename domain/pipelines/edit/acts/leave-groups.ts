import { type Draft, textsOf } from "./draft";

/**
 * Takes tasks out of every group; a group without tasks goes, and so do those that are named. False where nothing
 * changed.
 */
export function leaveGroups(
  draft: Draft,
  gone: ReadonlySet<string>,
  dissolved: ReadonlySet<string> = new Set(),
): boolean {
  let changed = false;
  for (const { id: group, path, value } of draft.canvasList("groups").toReversed()) {
    const tasks = textsOf(value.tasks);
    const rest = tasks.filter((id) => !gone.has(id));
    if (rest.length === tasks.length && !dissolved.has(group)) continue;
    changed = true;
    if (rest.length > 0 && !dissolved.has(group)) draft.editor.set([...path, "tasks"], rest);
    else draft.editor.remove(path);
  }
  return changed;
}
