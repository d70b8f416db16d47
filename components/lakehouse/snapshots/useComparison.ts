"use client";

import { useQueryParam } from "@/components/ui/useQueryParam";
import { DIFF_SIGNS, type DiffKind } from "../diff/prepare-diff";
import type { Snapshot } from "../lake-types";
import { comparedSnapshots, whyNotCompared } from "./compared-snapshots";

const asKind = (text: string | null): DiffKind | null =>
  text !== null && text in DIFF_SIGNS ? (text as DiffKind) : null;

/** What is picked and compared, kept in the address. */
export function useComparison(snapshots: Snapshot[], head: string | null) {
  const picked = useQueryParam("s");
  const params = { a: useQueryParam("a"), b: useQueryParam("b") };
  const kind = useQueryParam("kind");
  const key = useQueryParam("key");
  const named = { a: params.a.value, b: params.b.value };
  const compared = comparedSnapshots(snapshots, head, named);
  const pickedId = picked.value ?? compared.b?.snapshotId ?? head;
  return {
    ...compared,
    whyNot: whyNotCompared(compared, named, snapshots.length),
    pickedId,
    picked: snapshots.find(({ snapshotId }) => snapshotId === pickedId) ?? null,
    kind: asKind(kind.value),
    key: key.value,
    onPick: picked.set,
    onKind: kind.set,
    onKey: key.set,
    onCompare: (side: "a" | "b", id: string) => {
      // What the other side is by default must stay when this one moves.
      const other = side === "a" ? "b" : "a";
      const otherId = compared[other]?.snapshotId;
      if (otherId !== undefined) params[other].set(otherId);
      params[side].set(id);
      kind.set(null);
    },
  };
}
