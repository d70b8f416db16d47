"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS, Field } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";

export type ActivateDialogProps = {
  isOpen: boolean;
  nextVersion: number;
  /** Who saved the draft last, where it was somebody else. */
  savedBy: string | null;
  isBusy: boolean;
  failure: ShownFailure | null;
  onActivate: (note: string, acceptOthers: boolean) => void;
  onClose: () => void;
};

/** The last look before the schedule and Run use what was drawn. */
export function ActivateDialog(props: ActivateDialogProps) {
  const { isOpen, nextVersion, savedBy, isBusy, failure, onActivate, onClose } = props;
  const [note, setNote] = useState("");
  return (
    <Dialog
      description={`Runs and the schedule use version ${nextVersion} from then on. Runs under way go on with theirs.`}
      isOpen={isOpen}
      onClose={onClose}
      title={`Activate version ${nextVersion}`}
    >
      {savedBy !== null && (
        <p className="mb-2 text-warn">
          {savedBy} saved this draft last. Activating it makes you answerable for it.
        </p>
      )}
      {failure !== null && <FailurePanel failure={failure} stillTrue="The draft is kept as it is." />}
      <Field help="Stands beside the version in the list." label="note">
        {(control) => (
          <input
            {...control}
            className={CONTROL_CLASS}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
            value={note}
          />
        )}
      </Field>
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button busy={isBusy} kind="primary" onClick={() => onActivate(note, savedBy !== null)}>
          Activate version {nextVersion}
        </Button>
      </div>
    </Dialog>
  );
}
