import { alignBoxes } from "../align-boxes";
import type { Operation } from "../operation";
import type { Draft } from "./draft";
import { leaveGroups } from "./leave-groups";
import { CANVAS_NOUN, listed } from "./listed";
import { place, refusePoint } from "./place";
import { Refused } from "./refused";

type Act<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

export function move(draft: Draft, { tasks, comments = {} }: Act<"move">): string[] {
  for (const id of Object.keys(tasks)) draft.task(id);
  place(draft, tasks);
  for (const [id, at] of Object.entries(comments)) {
    refusePoint(at);
    draft.editor.set([...listed(draft, "comments", id).path, "at"], at);
  }
  return [];
}

export function align(draft: Draft, { how, boxes }: Act<"align">): string[] {
  return move(draft, { kind: "move", tasks: alignBoxes(boxes, how) });
}

export function autoLayout(draft: Draft, { positions }: Act<"auto_layout">): string[] {
  for (const [id, point] of Object.entries(positions)) {
    draft.task(id);
    refusePoint(point);
  }
  if (Object.keys(positions).length > 0) draft.editor.set(["canvas", "positions"], positions);
  else if (draft.editor.get(["canvas", "positions"]) !== undefined) {
    draft.editor.remove(["canvas", "positions"]);
    draft.prune(["canvas"]);
  }
  return [];
}

export function group(draft: Draft, { id, label, tasks }: Act<"group">): string[] {
  const members = [...new Set(tasks.map((each) => draft.task(each).id))];
  if (members.length === 0) throw new Refused("Choose the tasks of the group first.");
  refuseTaken(draft, "groups", id);
  leaveGroups(draft, new Set(members));
  draft.editor.append(["canvas", "groups"], { id, label, tasks: members });
  return [id];
}

export function renameGroup(draft: Draft, { id, label }: Act<"rename_group">): string[] {
  draft.editor.set([...listed(draft, "groups", id).path, "label"], label);
  return [];
}

export function collapse(draft: Draft, { id, collapsed }: Act<"collapse">): string[] {
  draft.editor.set([...listed(draft, "groups", id).path, "collapsed"], collapsed ? true : undefined);
  return [];
}

export function addComment(draft: Draft, { id, text, at }: Act<"add_comment">): string[] {
  refuseTaken(draft, "comments", id);
  refusePoint(at);
  draft.editor.append(["canvas", "comments"], { id, text, at });
  return [id];
}

export function editComment(draft: Draft, { id, text }: Act<"edit_comment">): string[] {
  draft.editor.set([...listed(draft, "comments", id).path, "text"], text);
  return [];
}

function refuseTaken(draft: Draft, name: keyof typeof CANVAS_NOUN, id: string): void {
  if (id === "") throw new Refused(`A ${CANVAS_NOUN[name]} needs an id.`);
  if (draft.canvasList(name).some((each) => each.id === id))
    throw new Refused(`There is a ${CANVAS_NOUN[name]} ${id} already.`);
}
