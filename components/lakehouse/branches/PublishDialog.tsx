"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatCount } from "@/components/ui/format";
import type { TableActs } from "../table/useTableActs";
import type { BranchRow } from "./prepare-branches";

export type PublishDialogProps = {
  name: string;
  row: BranchRow;
  /** The check that must pass; null publishes without one. */
  sql: string | null;
  acts: TableActs;
  onClose: () => void;
};

/** Asks before readers of main are led to what a branch holds. */
export function PublishDialog({ name, row, sql, acts, onClose }: PublishDialogProps) {
  const close = () => {
    acts.forget();
    onClose();
  };
  const rows = row.head === null ? "what it holds" : formatCount(row.head.totalRows, "row");
  return (
    <Dialog
      description={`Readers of main of ${name} will see version ${row.head?.version ?? row.snapshotId} with ${rows}. A rollback undoes it.`}
      isOpen
      onClose={close}
      title={`Publish ${row.name}?`}
    >
      <p className="text-ink-2">
        {sql === null
          ? "No check is written, so nothing is audited."
          : "The check runs once more, on exactly what is published. If it finds a row, or the branch moves meanwhile, nothing is published:"}
      </p>
      {sql !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre className="mt-2 max-h-40 overflow-auto border border-line bg-sunken p-2 text-12" tabIndex={0}>
          {sql}
        </pre>
      )}
      {acts.failure !== null && (
        <FailurePanel
          className="mt-2"
          failure={acts.failure}
          stillTrue="Readers of main see what they saw before."
        />
      )}
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={close}>
          Not now
        </Button>
        <Button
          busy={acts.isBusy}
          kind="primary"
          onClick={() => void acts.publish(row.name, sql).then(close, () => undefined)}
        >
          Publish
        </Button>
      </div>
    </Dialog>
  );
}
