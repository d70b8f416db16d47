"use client";

import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatCount, formatInstant } from "@/components/ui/format";
import type { Snapshot } from "../lake-types";
import type { TableActs } from "../table/useTableActs";

export type RollbackDialogProps = {
  name: string;
  target: Snapshot;
  head: Snapshot | null;
  acts: TableActs;
  onClose: () => void;
};

/** Asks before readers of main are led to an earlier snapshot. */
export function RollbackDialog({ name, target, head, acts, onClose }: RollbackDialogProps) {
  const close = () => {
    acts.forget();
    onClose();
  };
  const now =
    head === null ? "" : ` Now they see version ${head.version} with ${formatCount(head.totalRows, "row")}.`;
  return (
    <ConfirmDialog
      actLabel={`Roll main back to ${target.version}`}
      description={
        <>
          Readers of main will see version {target.version}, {formatInstant(target.committedAt)} UTC, with{" "}
          {formatCount(target.totalRows, "row")}.{now} The rollback is a new entry of the history: later
          snapshots are kept, and going forward again is a rollback to them. A sync goes on from the state
          that came with this snapshot.
          {acts.failure !== null && <FailurePanel className="mt-2" failure={acts.failure} />}
        </>
      }
      isBusy={acts.isBusy}
      isOpen
      name={name}
      onClose={close}
      onConfirm={() => void acts.rollback(target.snapshotId, target.version).then(close, () => undefined)}
      safeLabel="Keep main as it is"
      title={`Roll main of ${name} back?`}
    />
  );
}
