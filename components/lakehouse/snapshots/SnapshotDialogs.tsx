"use client";

import dynamic from "next/dynamic";
import type { Snapshot, TableDetail } from "../lake-types";
import type { TableActs } from "../table/useTableActs";

const RollbackDialog = dynamic(() => import("./RollbackDialog").then((module) => module.RollbackDialog), {
  ssr: false,
});
const NameDialog = dynamic(() => import("./NameDialog").then((module) => module.NameDialog), { ssr: false });

export type OpenDialog = { dialog: "rollback" | "branch" | "tag"; snapshot: Snapshot };

export type SnapshotDialogsProps = {
  open: OpenDialog | null;
  table: TableDetail;
  head: Snapshot | null;
  acts: TableActs;
  onClose: () => void;
};

/** The question before what is done with a snapshot. */
export function SnapshotDialogs({ open, table, head, acts, onClose }: SnapshotDialogsProps) {
  if (open === null) return null;
  const close = () => {
    acts.forget();
    onClose();
  };
  if (open.dialog === "rollback") {
    return (
      <RollbackDialog acts={acts} head={head} name={table.name} onClose={close} target={open.snapshot} />
    );
  }
  const make = open.dialog === "branch" ? acts.createBranch : acts.createTag;
  return (
    <NameDialog
      failure={acts.failure}
      from={`version ${open.snapshot.version}`}
      isBusy={acts.isBusy}
      onClose={close}
      onCreate={(name) => void make(name, open.snapshot.snapshotId).then(close, () => undefined)}
      taken={table.refs.map((ref) => ref.name)}
      type={open.dialog}
    />
  );
}
