"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import type { DataSetDetail } from "../data-set-types";
import type { Publishing } from "./usePublishing";

/** Names who answers for a data set; an empty name takes the owner away. */
export function OwnerDialog({
  dataSet,
  acts,
  onClose,
}: {
  dataSet: DataSetDetail;
  acts: Publishing;
  onClose: () => void;
}) {
  const [owner, setOwner] = useState(dataSet.owner ?? "");
  const close = () => {
    acts.forget();
    onClose();
  };
  return (
    <Dialog
      description="Whom to ask about it. It changes nothing of what anybody may do."
      isOpen
      onClose={close}
      title={`Owner of ${dataSet.title}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void acts.setOwner(owner.trim() === "" ? null : owner.trim()).then(close, () => undefined);
        }}
      >
        <TextField
          autoFocus
          help="A person or a team. Empty: nobody."
          label="owner"
          maxLength={200}
          onChange={(event) => setOwner(event.target.value)}
          value={owner}
        />
        {acts.failure !== null && <FailurePanel className="mt-2" failure={acts.failure} />}
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={close}>Not now</Button>
          <Button busy={acts.isBusy} kind="primary" type="submit">
            Set the owner
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
