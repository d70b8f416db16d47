"use client";

import dynamic from "next/dynamic";
import type { TableDetail } from "../lake-types";
import type { TableActs } from "../table/useTableActs";
import type { BranchRow } from "./prepare-branches";

const NameDialog = dynamic(() => import("../snapshots/NameDialog").then((module) => module.NameDialog), {
  ssr: false,
});
const PublishDialog = dynamic(() => import("./PublishDialog").then((module) => module.PublishDialog), {
  ssr: false,
});
const DropRefDialog = dynamic(() => import("./DropRefDialog").then((module) => module.DropRefDialog), {
  ssr: false,
});

export type BranchDialog =
  | { kind: "create"; type: "branch" | "tag" }
  | { kind: "drop"; type: "branch" | "tag"; name: string }
  | { kind: "publish"; row: BranchRow };

export type BranchDialogsProps = {
  dialog: BranchDialog | null;
  table: TableDetail;
  sql: string | null;
  acts: TableActs;
  onMade: (branch: string) => void;
  onClose: () => void;
};

/** The question before what is done with a branch or a tag. */
export function BranchDialogs({ dialog, table, sql, acts, onMade, onClose }: BranchDialogsProps) {
  if (dialog === null) return null;
  const close = () => {
    acts.forget();
    onClose();
  };
  if (dialog.kind === "publish") {
    return <PublishDialog acts={acts} name={table.name} onClose={close} row={dialog.row} sql={sql} />;
  }
  if (dialog.kind === "drop") {
    return <DropRefDialog acts={acts} name={dialog.name} onClose={close} type={dialog.type} />;
  }
  const isBranch = dialog.type === "branch";
  return (
    <NameDialog
      failure={acts.failure}
      from={`main, version ${table.version}`}
      isBusy={acts.isBusy}
      onClose={close}
      onCreate={(name) =>
        void (isBranch ? acts.createBranch : acts.createTag)(name, table.snapshotId).then(
          () => {
            if (isBranch) onMade(name);
            close();
          },
          () => undefined,
        )
      }
      taken={table.refs.map((ref) => ref.name)}
      type={dialog.type}
    />
  );
}
