import { isEqualJson } from "../../../shared/is-equal-json";

/**
 * For each item of the list `to` the index of the item in `from` that it was, or -1 for a new one; indices grow. Items
 * are told by `task_id`, `id` or their own plain value; others, and plain ones of lists of one length, pair up in order.
 */
export function reconcileList(from: readonly unknown[], to: readonly unknown[]): number[] {
  if (from.length === to.length && [...from, ...to].every(isScalar)) return to.map((_, index) => index);
  const [fromKeys, toKeys] = [from.map(nameOf), to.map(nameOf)];
  if (isUnique(fromKeys) && isUnique(toKeys)) {
    const places = new Map(fromKeys.map((key, index) => [key, index]));
    return growing(toKeys.map((key) => places.get(key) ?? -1));
  }
  let head = 0;
  while (head < from.length && head < to.length && isEqualJson(from[head], to[head])) head += 1;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    isEqualJson(from[from.length - 1 - tail], to[to.length - 1 - tail])
  )
    tail += 1;
  const middle = Math.min(from.length, to.length) - tail;
  return to.map((_, index) => {
    if (index < middle) return index;
    return index >= to.length - tail ? index - to.length + from.length : -1;
  });
}

const isScalar = (item: unknown): boolean => typeof item !== "object" || item === null;

function nameOf(item: unknown): string | null {
  if (typeof item !== "object" || item === null) return JSON.stringify(item) ?? null;
  const { task_id, id } = item as { task_id?: unknown; id?: unknown };
  const name = task_id ?? id;
  return typeof name === "string" ? `#${name}` : null;
}

const isUnique = (keys: readonly (string | null)[]): boolean =>
  !keys.includes(null) && new Set(keys).size === keys.length;

/** Keeps a longest run of growing places; what is out of order becomes new. */
function growing(places: readonly number[]): number[] {
  const tops: number[] = [];
  const before = new Array<number>(places.length).fill(-1);
  for (const [index, place] of places.entries()) {
    if (place === -1) continue;
    const at = firstNotBelow(tops, places, place);
    before[index] = tops[at - 1] ?? -1;
    tops[at] = index;
  }
  const kept = new Set<number>();
  for (let at = tops.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) kept.add(at);
  return places.map((place, index) => (kept.has(index) ? place : -1));
}

function firstNotBelow(tops: readonly number[], places: readonly number[], place: number): number {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[tops[middle] ?? 0] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
