"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { Field, TextField } from "@/components/ui/Field";
import { fieldError } from "@/components/ui/field-error";
import { formatDay } from "@/components/ui/format";
import type { SecretView } from "@/domain/sources/secret-view";
import { secretNameProblem } from "./secret-name-problem";
import type { StoreSecret } from "./useSecrets";

export type StoreSecretDialogProps = {
  known: SecretView[];
  /** A name to begin with. */
  suggested: string;
  /** A value to begin with, where it stood in the document as plain text. */
  value: string;
  store: StoreSecret;
  onStored: (name: string) => void;
  onClose: () => void;
};

/** Sets a secret of the workspace, new or anew. The value goes to the server and is never shown again. */
export function StoreSecretDialog({
  known,
  suggested,
  value,
  store,
  onStored,
  onClose,
}: StoreSecretDialogProps) {
  const [name, setName] = useState(suggested);
  const [secret, setSecret] = useState(value);
  const [isShown, setShown] = useState(false);
  const [wasSent, setSent] = useState(false);
  const existing = known.find((one) => one.name === name.trim());
  const nameProblem = secretNameProblem(name.trim());
  const failure = store.failure;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Portals bubble React's events: the form around the dialog is another one.
    event.stopPropagation();
    setSent(true);
    if (nameProblem === null && secret !== "") store.run(name.trim(), secret, () => onStored(name.trim()));
  };
  const close = () => {
    store.reset();
    onClose();
  };
  return (
    <Dialog
      description="It is kept encrypted in this workspace. Documents hold its name only."
      isOpen
      onClose={close}
      title={existing ? `Set ${existing.name} anew` : "Store a secret"}
    >
      <form onSubmit={submit}>
        {failure !== null && <FailurePanel className="mb-2" failure={failure} />}
        <TextField
          autoComplete="off"
          error={(wasSent ? nameProblem : null) ?? fieldError(failure, "name")}
          help={
            existing
              ? `Set ${formatDay(existing.setAt)} by ${existing.setBy}. Every connection that names it gets the new value.`
              : `A document names it as \${${name.trim() || "NAME"}}.`
          }
          isMono
          label="name"
          onChange={(event) => setName(event.target.value)}
          spellCheck={false}
          value={name}
        />
        <Field
          error={(wasSent && secret === "" ? "Write the value." : null) ?? fieldError(failure, "value")}
          help="It is sent once and never shown, logged or exported. Several lines are fine, for example a key in JSON."
          label="value"
        >
          {(control) => (
            <textarea
              {...control}
              autoComplete="off"
              className="w-full min-w-0 resize-y rounded-2 border border-ctl bg-raised px-2 py-1 font-mono text-12 text-ink"
              onChange={(event) => setSecret(event.target.value)}
              rows={isShown ? 4 : 2}
              spellCheck={false}
              style={isShown ? undefined : ({ WebkitTextSecurity: "disc" } as React.CSSProperties)}
              value={secret}
            />
          )}
        </Field>
        <div className="mt-3 flex items-center gap-2">
          <label className="mr-auto flex items-center gap-1.5 text-12">
            <input checked={isShown} onChange={(event) => setShown(event.target.checked)} type="checkbox" />
            Show what I type
          </label>
          <Button onClick={close}>Cancel</Button>
          <Button busy={store.isBusy} kind="primary" type="submit">
            {existing ? "Set anew" : "Store secret"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
