"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS, Field } from "@/components/ui/Field";
import { formatInstant } from "@/components/ui/format";
import type { Publication } from "@/domain/datasets/publication";
import type { DataSetDetail } from "../data-set-types";
import { shortVersion } from "../short-version";
import type { Publishing } from "./usePublishing";

export type UndoDialogProps = {
  dataSet: DataSetDetail;
  standing: Publication;
  acts: Publishing;
  onClose: () => void;
};

/** Asks before others are led back to what they saw before a publication. */
export function UndoDialog({ dataSet, standing, acts, onClose }: UndoDialogProps) {
  const [note, setNote] = useState("");
  const close = () => {
    acts.forget();
    onClose();
  };
  const { previousVersion } = standing;
  return (
    <Dialog
      description={
        <>
          {standing.by} published {shortVersion(standing.version)} at {formatInstant(standing.at)} UTC.{" "}
          {previousVersion === null
            ? `Nothing of this ${dataSet.kind} was published before, so others will not see it any more.`
            : `Others will see ${shortVersion(previousVersion)} again.`}{" "}
          No version is lost.
        </>
      }
      isOpen
      onClose={close}
      title={`Undo the publication of ${dataSet.title}?`}
    >
      <Field help="Kept with the undo, for example why." label="note">
        {(props) => (
          <input
            {...props}
            className={CONTROL_CLASS}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
            value={note}
          />
        )}
      </Field>
      {acts.failure !== null && <FailurePanel className="mt-2" failure={acts.failure} />}
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={close}>
          Keep it published
        </Button>
        <Button
          busy={acts.isBusy}
          kind="danger"
          onClick={() => void acts.undo(standing.id, note).then(close, () => undefined)}
        >
          Undo the publication
        </Button>
      </div>
    </Dialog>
  );
}
