import type { Snapshot } from "../lake-types";

/** Ids of the snapshots that led to one, itself included; those that expired end it. */
export function lineageOf(snapshots: readonly Snapshot[], head: string | null): Set<string> {
  const byId = new Map(snapshots.map((snapshot) => [snapshot.snapshotId, snapshot]));
  const ids = new Set<string>();
  for (let at = head === null ? undefined : byId.get(head); at !== undefined && !ids.has(at.snapshotId); ) {
    ids.add(at.snapshotId);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return ids;
}
