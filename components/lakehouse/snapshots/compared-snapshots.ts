import type { Snapshot } from "../lake-types";

export type Compared = { a: Snapshot | null; b: Snapshot | null };

/**
 * The two snapshots of a comparison: those that the address names, or the head and the one before it.
 * `snapshots` is newest first; null where there is none, or where a named one is not kept.
 */
export function comparedSnapshots(
  snapshots: readonly Snapshot[],
  head: string | null,
  named: { a: string | null; b: string | null },
): Compared {
  const find = (id: string | null) => snapshots.find(({ snapshotId }) => snapshotId === id) ?? null;
  const b = named.b === null ? find(head) : find(named.b);
  const a = named.a === null ? find(b?.parentId ?? null) : find(named.a);
  return { a, b };
}

/** Why there is nothing to compare; null where there is. */
export function whyNotCompared(
  { a, b }: Compared,
  named: { a: string | null; b: string | null },
  count: number,
): string | null {
  if (a !== null && b !== null && a !== b) return null;
  if (count < 2) return "There is one snapshot, so there is nothing to compare.";
  if ((named.a !== null && a === null) || (named.b !== null && b === null)) {
    return "A snapshot of the address is not kept any more, or not among those that are shown.";
  }
  if (a !== null && a === b) return `A and B are both version ${a.version}.`;
  return "There is no snapshot before B.";
}
