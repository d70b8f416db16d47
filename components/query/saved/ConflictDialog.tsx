"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { diffLines } from "@/domain/shared/diff-lines";
import { prepareSideBySide } from "./prepare-side-by-side";
import { SideBySide } from "./SideBySide";

export type ConflictDialogProps = {
  workspace: string;
  name: string;
  /** The text that was to be saved. */
  sql: string;
  failure: ShownFailure;
  isBusy: boolean;
  /** Saves the text as the version after theirs. */
  onSaveAfter: (theirVersion: number) => void;
  /** Opens theirs beside the text. */
  onOpenTheirs: () => void;
  onClose: () => void;
};

/** Somebody saved in between: both texts beside each other, nothing lost. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { workspace, name, sql, failure, isBusy, onSaveAfter, onOpenTheirs, onClose } = props;
  const trpc = useTRPC();
  const theirs = useQuery(trpc.savedQueries.get.queryOptions({ workspace, name }, { staleTime: 0 }));
  const pairs = theirs.data && prepareSideBySide(diffLines(theirs.data.sql.split("\n"), sql.split("\n")));
  return (
    <Dialog
      description={`${failure.message} Your text is still here.`}
      isOpen
      onClose={onClose}
      title={`${name} was saved in between`}
      width={640}
    >
      <div className="relative max-h-[44vh] overflow-auto border border-line">
        {theirs.isPending && <LoadingBar />}
        {theirs.isError && <FailurePanel failure={failureOf(theirs.error)} />}
        {theirs.data !== undefined && pairs !== undefined && (
          <SideBySide
            label="Theirs and yours"
            left={`Version ${theirs.data.version}, ${theirs.data.createdBy}`}
            pairs={pairs}
            right="Your text"
          />
        )}
      </div>
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Go on editing
        </Button>
        <Button onClick={onOpenTheirs}>Open theirs beside it</Button>
        <Button
          busy={isBusy}
          disabledReason={theirs.data === undefined ? "Their version is not read yet." : null}
          kind="danger"
          onClick={() => theirs.data && onSaveAfter(theirs.data.version)}
        >
          Save mine as version {(theirs.data?.version ?? 0) + 1}
        </Button>
      </div>
    </Dialog>
  );
}
