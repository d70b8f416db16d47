import { leafChanges } from "./leaf-changes";

/** What a rename leaves as it is. */
type Named = { id: string; type: string; content: Record<string, unknown> };

/** From this share of equal fields on, a task that went and one that came are the same under another name. */
const ALIKE = 0.6;
/** Beyond this many pairs only tasks that are equal are matched. */
const MOST_PAIRS = 100_000;

/** Old id to new id, for tasks that went under one name and came under another. Each is matched once, the most alike first. */
export function matchRenamed(gone: readonly Named[], come: readonly Named[]): Map<string, string> {
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  const match = (old: string, now: string) => {
    if (renamed.has(old) || taken.has(now)) return;
    renamed.set(old, now);
    taken.add(now);
  };
  const byContent = new Map<string, Named[]>();
  for (const each of come) byContent.set(keyOf(each), [...(byContent.get(keyOf(each)) ?? []), each]);
  for (const each of gone) {
    const same = byContent.get(keyOf(each))?.find((other) => !taken.has(other.id));
    if (same !== undefined) match(each.id, same.id);
  }
  const [restGone, restCome] = [
    gone.filter(({ id }) => !renamed.has(id)),
    come.filter(({ id }) => !taken.has(id)),
  ];
  if (restGone.length * restCome.length > MOST_PAIRS) return renamed;
  const pairs = restGone.flatMap((old) =>
    restCome.map((now) => ({ old: old.id, now: now.id, alike: alikeness(old, now) })),
  );
  for (const { old, now, alike } of pairs.sort((a, b) => b.alike - a.alike))
    if (alike >= ALIKE) match(old, now);
  return renamed;
}

const keyOf = ({ type, content }: Named): string => JSON.stringify([type, content]);

/** 0 to 1: the share of fields that are equal; 0 for tasks of different types. */
function alikeness(a: Named, b: Named): number {
  if (a.type !== b.type) return 0;
  const [left, right] = [leaves(a.content), leaves(b.content)];
  const differ = leafChanges(a.content, b.content);
  const onlyOnce = differ.filter(({ before, after }) => before === undefined || after === undefined).length;
  const all = Math.max(left, right, 1) + onlyOnce / 2;
  return Math.max(0, 1 - differ.length / all);
}

const leaves = (value: unknown): number =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? 1
    : Object.values(value).reduce((sum: number, each) => sum + leaves(each), 0);
