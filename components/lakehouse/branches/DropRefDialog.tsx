"use client";

import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { TableActs } from "../table/useTableActs";

export type DropRefDialogProps = {
  type: "branch" | "tag";
  name: string;
  acts: TableActs;
  onClose: () => void;
};

/** Asks before a branch or a tag is taken away. */
export function DropRefDialog({ type, name, acts, onClose }: DropRefDialogProps) {
  const drop = type === "branch" ? acts.dropBranch : acts.dropTag;
  return (
    <ConfirmDialog
      actLabel={`Delete ${type}`}
      description={
        <>
          {type === "branch"
            ? "What landed on it and was not published can then be reached by the ids of its snapshots only, and goes when they expire. Readers of main are not affected."
            : "Its snapshot stays until it expires, and from then on it may."}
          {acts.failure !== null && <FailurePanel className="mt-2" failure={acts.failure} />}
        </>
      }
      isBusy={acts.isBusy}
      isOpen
      name={name}
      onClose={onClose}
      onConfirm={() => void drop(name).then(onClose, () => undefined)}
      title={`Delete ${type} ${name}?`}
    />
  );
}
