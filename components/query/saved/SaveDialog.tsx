"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";
import { QueryName } from "@/domain/query/saved-query-name";

export type SaveDialogProps = {
  initialName: string;
  isBusy: boolean;
  failure: ShownFailure | null;
  onSave: (name: string) => void;
  onClose: () => void;
};

/** Asks for the name under which a text is saved. */
export function SaveDialog({ initialName, isBusy, failure, onSave, onClose }: SaveDialogProps) {
  const [name, setName] = useState(initialName);
  const [isTried, setTried] = useState(false);
  const checked = QueryName.safeParse(name);
  const problem = checked.success ? null : (checked.error.issues[0]?.message ?? "Give it a name.");
  const save = () => {
    setTried(true);
    if (checked.success) onSave(checked.data);
  };
  return (
    <Dialog
      description="Everybody in this workspace sees it. Each save keeps a version that never changes."
      isOpen
      onClose={onClose}
      title="Save the query"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          autoFocus
          error={isTried ? problem : null}
          help="Pipelines name it as analytics.queries.<name>."
          isMono
          label="name"
          onChange={(event) => setName(event.target.value)}
          onFocus={(event) => event.target.select()}
          value={name}
        />
        {failure !== null && <FailurePanel className="mt-2" failure={failure} />}
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button busy={isBusy} kind="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
