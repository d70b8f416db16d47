"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { CONTROL_CLASS } from "./Field";

export type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, what depends on it, what is kept. */
  description: ReactNode;
  /** Must be typed before the act can be done. */
  name: string;
  /** For example `Keep it`. Has the focus at first. */
  safeLabel?: string;
  actLabel: string;
  isBusy?: boolean;
  onConfirm: () => void;
};

/** Asks before an irreversible act; the object's name is typed to confirm. */
export function ConfirmDialog({ safeLabel = "Keep it", ...props }: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const close = () => {
    setTyped("");
    props.onClose();
  };
  const matches = typed.trim() === props.name;
  return (
    <Dialog description={props.description} isOpen={props.isOpen} onClose={close} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) props.onConfirm();
        }}
      >
        <label className="text-12 text-ink-2">
          Type <code className="text-ink">{props.name}</code> to confirm
          <input
            autoComplete="off"
            className={`${CONTROL_CLASS} mt-1 font-mono`}
            onChange={(event) => setTyped(event.target.value)}
            value={typed}
          />
        </label>
        <div className="mt-3 flex justify-end gap-2">
          <Button autoFocus onClick={close}>
            {safeLabel}
          </Button>
          <Button
            busy={props.isBusy ?? false}
            disabledReason={matches ? null : `Type ${props.name} first.`}
            kind="danger"
            type="submit"
          >
            {props.actLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
