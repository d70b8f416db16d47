import { isEqualJson } from "../../../shared/is-equal-json";

/** A place that two people changed in different ways since `base`; `undefined`: not there. */
export type EditConflict = {
  /** JSON pointer with ids in the place of indices of tasks; "" where the texts cannot be brought together. */
  pointer: string;
  /** The task that it belongs to. */
  task: string | null;
  base: unknown;
  mine: unknown;
  theirs: unknown;
};

type Fields = Record<string, unknown>;
type Place = { pointer: string; task: string | null };

/** Both changes of a document in one. Tasks, groups and comments are told by their ids, dependencies are a set. */
export function mergeDocuments(base: unknown, mine: unknown, theirs: unknown): Found & { merged: unknown } {
  const found: Found = { conflicts: [], isShared: false };
  const merged = merge({ pointer: "", task: null }, base, mine, theirs, found);
  return { merged, ...found };
}

/** `isShared`: at some place both made the same change. */
type Found = { conflicts: EditConflict[]; isShared: boolean };

function merge(place: Place, base: unknown, mine: unknown, theirs: unknown, found: Found): unknown {
  if (isEqualJson(base, theirs)) return mine;
  if (isEqualJson(base, mine)) return theirs;
  if (isEqualJson(mine, theirs)) {
    found.isShared = true;
    return mine;
  }
  if ([base, mine, theirs].every(isFields))
    return mergeFields(place, base as Fields, mine as Fields, theirs as Fields, found);
  const [old, own, other] = [base ?? [], mine, theirs].map(named);
  if (old && own && other) return mergeNamed(place, old, own, other, found);
  found.conflicts.push({ ...place, base, mine, theirs });
  return mine;
}

function mergeFields(place: Place, base: Fields, mine: Fields, theirs: Fields, found: Found): Fields {
  const keys = new Set([base, mine, theirs].flatMap(Object.keys));
  const entries = [...keys].map((key) => {
    const below = {
      ...place,
      pointer: `${place.pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    };
    return [key, merge(below, base[key], mine[key], theirs[key], found)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function mergeNamed(
  list: Place,
  base: ReadonlyMap<string, unknown>,
  mine: ReadonlyMap<string, unknown>,
  theirs: ReadonlyMap<string, unknown>,
  found: Found,
): unknown[] {
  const order = [...mine.keys()];
  for (const [index, key] of [...theirs.keys()].entries()) {
    if (mine.has(key)) continue;
    const before = [...theirs.keys()].slice(0, index).findLast((each) => order.includes(each));
    let place = before === undefined ? 0 : order.indexOf(before) + 1;
    while (place < order.length && !base.has(order[place] ?? "")) place += 1;
    order.splice(place, 0, key);
  }
  if ([...base.keys()].some((key) => !mine.has(key) && !theirs.has(key))) found.isShared = true;
  return order
    .map((key) => {
      const task = list.pointer === "/tasks" ? key : list.task;
      const below = { pointer: `${list.pointer}/${key}`, task };
      return merge(below, base.get(key), mine.get(key), theirs.get(key), found);
    })
    .filter((value) => value !== undefined);
}

/** Items by their id, or texts by themselves; null where a list has other items or one twice. */
function named(list: unknown): Map<string, unknown> | null {
  if (!Array.isArray(list)) return null;
  const items = new Map<string, unknown>();
  for (const item of list as unknown[]) {
    const name = isFields(item) ? (item.task_id ?? item.id) : item;
    if (typeof name !== "string" || items.has(name)) return null;
    items.set(name, item);
  }
  return items;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
