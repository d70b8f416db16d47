import { taskFragment } from "../copy-tasks";
import type { Operation, Point } from "../operation";
import { parseText } from "../text/parse-text";
import { Draft, type DraftTask, textsOf } from "./draft";
import { place } from "./place";
import { Refused } from "./refused";
import { withReferences } from "./task-references";

type Act<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

/** How far a copy lies from its original, and from what lies there already. */
const ASIDE = 40;
/** Tasks are drawn as large as this, with some room around. */
const ROOM: Point = [328, 78];
/** After so many steps aside a copy may cover something. */
const MOST_STEPS = 100;
const LONGEST_ID = 64;

export function paste(draft: Draft, { text, at }: Act<"paste">): string[] {
  const fragment = readFragment(text);
  return pasteFragment(draft, fragment, at);
}

export function duplicate(draft: Draft, { ids }: Act<"duplicate">): string[] {
  const own = new Set(ids.map((id) => draft.task(id).id));
  return pasteFragment(draft, fragmentOf(taskFragment(draft, own)), undefined);
}

/** A document, a list of tasks or one task, whatever somebody has on the clipboard. */
function readFragment(text: string): Draft {
  const trimmed = text.trim();
  const wrapped = trimmed.startsWith("[") ? `{"tasks":${trimmed}\n}` : trimmed;
  const parsed = parseText(wrapped);
  if (!parsed.ok) throw new Refused("What was pasted is no JSON with tasks.");
  const fragment = new Draft(wrapped, parsed.root);
  const read = "task_id" in fragment.document ? fragmentOf({ tasks: [fragment.document] }) : fragment;
  if (read.tasks.length === 0) throw new Refused("What was pasted holds no tasks.");
  for (const { id } of read.tasks) read.task(id);
  return read;
}

function fragmentOf(value: Record<string, unknown>): Draft {
  const text = JSON.stringify(value);
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error("a fragment that was just written is not read");
  return new Draft(text, parsed.root);
}

function pasteFragment(draft: Draft, fragment: Draft, at: Point | undefined): string[] {
  const names = freshIds(
    fragment.tasks.map((task) => task.id),
    (id) => draft.has(id),
  );
  const nameOf = (id: string) => names.get(id) ?? id;
  for (const task of fragment.tasks) draft.editor.append(["tasks"], pastedTask(draft, task, names));
  for (const [id, policy] of Object.entries(fragment.fields(["failure_handling", "task_level"])))
    if (names.has(id)) draft.editor.set(["failure_handling", "task_level", nameOf(id)], policy);
  place(draft, clearOf(draft, pastedPlaces(fragment, names, at)));
  pasteGroups(draft, fragment, names);
  return [...names.values()];
}

function pastedTask(draft: Draft, task: DraftTask, names: ReadonlyMap<string, string>): unknown {
  const dependsOn = task.dependsOn.flatMap((id) => names.get(id) ?? (draft.has(id) ? [id] : []));
  const config = withReferences(task.type, task.value.config, (id) => names.get(id) ?? id);
  const entries = Object.entries({
    ...task.value,
    task_id: names.get(task.id),
    depends_on: dependsOn,
    config,
  });
  return Object.fromEntries(
    entries.filter(([key, value]) => value !== undefined && (key !== "depends_on" || dependsOn.length > 0)),
  );
}

function pastedPlaces(
  fragment: Draft,
  names: ReadonlyMap<string, string>,
  at: Point | undefined,
): Record<string, Point> {
  const places = Object.entries(fragment.fields(["canvas", "positions"])).filter(
    (entry): entry is [string, Point] => names.has(entry[0]) && isPoint(entry[1]),
  );
  const [left, top] = [0, 1].map((axis) => Math.min(...places.map(([, point]) => point[axis] ?? 0))) as [
    number,
    number,
  ];
  const [dx, dy] = at === undefined ? [ASIDE, ASIDE] : [at[0] - left, at[1] - top];
  const result = places.map(([id, [x, y]]) => [names.get(id) ?? id, [x + dx, y + dy]] as const);
  const only = [...names.values()];
  if (places.length === 0 && at !== undefined)
    return Object.fromEntries(only.map((id, index) => [id, [at[0] + index * ASIDE, at[1] + index * ASIDE]]));
  return Object.fromEntries(result);
}

/** The same places, moved aside together until none of them covers a place of the draft. */
function clearOf(draft: Draft, places: Record<string, Point>): Record<string, Point> {
  const taken = Object.values(draft.fields(["canvas", "positions"])).filter(isPoint);
  const moved = (by: number) =>
    Object.entries(places).map(([id, [x, y]]): [string, Point] => [id, [x + by, y + by]]);
  const covers = ([x, y]: Point) =>
    taken.some(([left, top]) => Math.abs(x - left) < ROOM[0] && Math.abs(y - top) < ROOM[1]);
  let by = 0;
  while (by < ASIDE * MOST_STEPS && moved(by).some(([, point]) => covers(point))) by += ASIDE;
  return Object.fromEntries(moved(by));
}

function pasteGroups(draft: Draft, fragment: Draft, names: ReadonlyMap<string, string>): void {
  const groups = fragment.canvasList("groups");
  const taken = new Set(draft.canvasList("groups").map((each) => each.id));
  const ids = freshIds(
    groups.map((each) => each.id),
    (id) => taken.has(id),
  );
  for (const { id, value } of groups) {
    const tasks = textsOf(value.tasks).flatMap((each) => names.get(each) ?? []);
    if (tasks.length > 0) draft.editor.append(["canvas", "groups"], { ...value, id: ids.get(id), tasks });
  }
}

/** Old id to new id: the same where it is free, otherwise with the next free number behind it. */
function freshIds(ids: readonly string[], isTaken: (id: string) => boolean): Map<string, string> {
  const names = new Map<string, string>();
  const given = new Set<string>();
  for (const id of ids) {
    let name = id;
    for (let number = 2; isTaken(name) || given.has(name); number += 1) {
      const tail = `_${number}`;
      name = id.replace(/_\d+$/, "").slice(0, LONGEST_ID - tail.length) + tail;
    }
    given.add(name);
    if (!names.has(id)) names.set(id, name);
  }
  return names;
}

const isPoint = (value: unknown): value is Point =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
