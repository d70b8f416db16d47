"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";
import { refNameProblem } from "./ref-name-problem";

export type NameDialogProps = {
  type: "branch" | "tag";
  /** `version 47`, `main`. */
  from: string;
  taken: readonly string[];
  isBusy: boolean;
  failure: ShownFailure | null;
  onClose: () => void;
  onCreate: (name: string) => void;
};

const WORDS = {
  branch: "What lands on a branch is not seen by readers of main until it is published.",
  tag: "A snapshot with a tag does not expire, and a query can name it.",
};

/** Asks for the name of a new branch or tag. */
export function NameDialog({ type, from, taken, isBusy, failure, onClose, onCreate }: NameDialogProps) {
  const [name, setName] = useState("");
  const problem = refNameProblem(name, taken);
  return (
    <Dialog description={WORDS[type]} isOpen onClose={onClose} title={`New ${type} from ${from}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === null && !isBusy) onCreate(name);
        }}
      >
        {failure !== null && <FailurePanel failure={failure} />}
        <TextField
          autoComplete="off"
          autoFocus
          error={name === "" ? null : problem}
          help="Letters, digits, _, - and ."
          isMono
          label="name"
          onChange={(event) => setName(event.target.value)}
          spellCheck={false}
          value={name}
        />
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button busy={isBusy} disabledReason={problem} kind="primary" type="submit">
            Make {type}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
