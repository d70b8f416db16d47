"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { formatCount } from "@/components/ui/format";
import { CheckOutcome, OperationState } from "../connector/OperationState";
import type { OperationHandle } from "../connector/useOperation";
import type { ConnectionDraft } from "./useConnectionDraft";
import type { SaveDocument } from "./useSaveDocument";

export type DocumentFootProps = {
  name: string;
  isNew: boolean;
  /** `source-postgres@1.0.0`. */
  builtFrom: string;
  draft: ConnectionDraft;
  saving: SaveDocument;
  isReadOnly: boolean;
  check: OperationHandle;
  whyNotTest: string | null;
  onTest: () => void;
};

/** Test, reset and save; and how the last test and save went. */
export function DocumentFoot(props: DocumentFootProps) {
  const { check, draft, saving } = props;
  const [testedText, setTestedText] = useState(draft.text);
  const test = () => {
    saving.sayMissing();
    setTestedText(draft.text);
    props.onTest();
  };
  const isUntested = check.operation === null && check.failure === null && !check.isRunning;
  return (
    <div className="shrink-0 border-line-2 border-t">
      <div className="flex min-h-9 items-center">
        <div className="min-w-0 flex-1">
          {isUntested && (
            <p className="px-3 py-1.5 text-12 text-ink-2">Not tested since this page was opened.</p>
          )}
          <OperationState
            doing="Testing the connection"
            done={(operation) => <CheckOutcome isStale={testedText !== draft.text} operation={operation} />}
            failure={check.failure}
            isRunning={check.isRunning}
            onCancel={check.cancel}
            onRetry={test}
            operation={check.operation}
          />
        </div>
        <Button
          busy={check.isRunning}
          className="mr-2"
          disabledReason={props.whyNotTest}
          kind="quiet"
          onClick={test}
        >
          Test
        </Button>
      </div>
      <SaveBar {...props} />
    </div>
  );
}

function SaveBar({ name, isNew, builtFrom, draft, saving, isReadOnly }: DocumentFootProps) {
  const count = saving.shown.length;
  const mayKeepDraft = draft.isDirty && !isReadOnly && saving.problems.length > 0 && name !== "";
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-2 border-line border-t px-3 py-1.5">
      <span className="min-w-0 flex-1 truncate text-12 text-ink-2">
        {count > 0 ? (
          formatCount(count, "problem")
        ) : (
          <>
            Built from <code>{builtFrom}</code>
          </>
        )}
      </span>
      {draft.isDirty && !isNew && (
        <Button kind="quiet" onClick={draft.discard}>
          Reset
        </Button>
      )}
      {mayKeepDraft && (
        <Button
          busy={saving.isBusy}
          disabledReason={draft.read.ok ? null : "The text is no JSON yet."}
          onClick={saving.saveDraft}
          title="Keeps it aside, unfinished. Nothing runs it."
        >
          Save draft
        </Button>
      )}
      <Button
        busy={saving.isBusy}
        disabledReason={saving.whyNotSave}
        kind={draft.isDirty ? "primary" : "plain"}
        onClick={saving.save}
      >
        Save
      </Button>
    </div>
  );
}
