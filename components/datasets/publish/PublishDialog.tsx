"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS, Field } from "@/components/ui/Field";
import type { DataSetDetail } from "../data-set-types";
import { shortVersion } from "../short-version";
import type { Publishing } from "./usePublishing";

export type PublishDialogProps = {
  dataSet: DataSetDetail;
  /** What is to be published: a version, or a branch of a table. */
  version: string;
  branch: string | null;
  acts: Publishing;
  onClose: () => void;
};

/** Asks before others are led to another version. */
export function PublishDialog({ dataSet, version, branch, acts, onClose }: PublishDialogProps) {
  const [note, setNote] = useState("");
  const [check, setCheck] = useState("");
  const { kind, name, title, publishedVersion } = dataSet;
  const close = () => {
    acts.forget();
    onClose();
  };
  const publish = () => {
    const chosen = branch === null ? { version } : { version, branch };
    const wanted = { ...chosen, ...(check.trim() === "" ? {} : { check }), note };
    void acts.publish(wanted).then(close, () => undefined);
  };
  return (
    <Dialog
      description={
        <>
          Others will see {shortVersion(version)} of the {kind}
          {branch === null ? "" : `, which the branch ${branch} holds`}.{" "}
          {publishedVersion === null
            ? "Nothing of it is published now."
            : `Now they see ${shortVersion(publishedVersion)}.`}{" "}
          The version itself stays as it is, and the publication can be undone.
        </>
      }
      isOpen
      onClose={close}
      title={`Publish ${title}?`}
      width={branch === null ? 480 : 640}
    >
      <Field help="Kept with the publication, for example why." label="note">
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
      {branch !== null && (
        <Field
          help={`A SELECT of rows that must not be. If it finds one, ${name} is not published.`}
          label="check"
        >
          {(props) => (
            <textarea
              {...props}
              className="min-h-16 w-full rounded-2 border border-ctl bg-raised px-2 py-1 font-mono text-12 text-ink"
              onChange={(event) => setCheck(event.target.value)}
              spellCheck={false}
              value={check}
            />
          )}
        </Field>
      )}
      {acts.failure !== null && (
        <FailurePanel
          className="mt-2"
          failure={acts.failure}
          stillTrue="The publications say what others see."
        />
      )}
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={close}>
          Not now
        </Button>
        <Button busy={acts.isBusy} kind="primary" onClick={publish}>
          Publish
        </Button>
      </div>
    </Dialog>
  );
}
