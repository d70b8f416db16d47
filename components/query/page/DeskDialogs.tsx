"use client";

import dynamic from "next/dynamic";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { Dialog } from "@/components/ui/Dialog";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";
import { CloseDialog } from "../drafts/CloseDialog";
import type { Draft } from "../drafts/draft";
import { ConflictDialog } from "../saved/ConflictDialog";
import { SaveDialog } from "../saved/SaveDialog";
import type { useSaved } from "../saved/useSaved";
import type { StatementRequest } from "../statements/statement";
import { TranslatedDialog } from "./TranslatedDialog";
import type { useDraftActs } from "./useDraftActs";
import type { useHistoryActs } from "./useHistoryActs";
import type { useSaving } from "./useSaving";

const VersionsDialog = dynamic(() =>
  import("../saved/VersionsDialog").then((module) => module.VersionsDialog),
);
const PlanTab = dynamic(() => import("../plan/PlanTab").then((module) => module.PlanTab));

export type DeskDialog =
  | { kind: "translated" | "plan"; statement: StatementRequest }
  | { kind: "versions" | "remove"; name: string };

export type DeskDialogsProps = {
  workspace: string;
  draft: Draft;
  dialog: DeskDialog | null;
  onDialog: (dialog: DeskDialog | null) => void;
  acts: ReturnType<typeof useDraftActs>;
  history: ReturnType<typeof useHistoryActs>;
  saved: ReturnType<typeof useSaved>;
  saving: ReturnType<typeof useSaving>;
  whyNotSave: string | null;
};

/** Whatever is asked in a dialog. */
export function DeskDialogs(props: DeskDialogsProps) {
  const { workspace, draft, dialog, onDialog, acts, history, saving } = props;
  const { step } = saving;
  const close = () => onDialog(null);
  return (
    <>
      {acts.closing !== null && (
        <CloseDialog
          onClose={() => acts.closing && acts.close(acts.closing.id)}
          onKeep={acts.keepOpen}
          title={acts.closing.title}
        />
      )}
      {step?.kind === "name" && (
        <SaveDialog
          failure={step.failure}
          initialName={draft.title}
          isBusy={saving.isBusy}
          onClose={saving.close}
          onSave={(name) => void saving.saveAs(name, 0)}
        />
      )}
      {step?.kind === "conflict" && (
        <ConflictDialog
          failure={step.failure}
          isBusy={saving.isBusy}
          name={step.name}
          onClose={saving.close}
          onOpenTheirs={() => {
            history.openSavedByName(step.name);
            saving.close();
          }}
          onSaveAfter={(version) => void saving.saveAs(step.name, version)}
          sql={draft.text}
          workspace={workspace}
        />
      )}
      {dialog?.kind === "translated" && (
        <TranslatedDialog onClose={close} statement={dialog.statement} workspace={workspace} />
      )}
      {dialog?.kind === "plan" && (
        <Dialog isOpen onClose={close} title="Plan of the statement at the cursor" width={640}>
          <div className="h-[60vh] border border-line">
            <PlanTab asksAtOnce statement={dialog.statement} workspace={workspace} />
          </div>
        </Dialog>
      )}
      {dialog?.kind === "versions" && <Versions {...props} name={dialog.name} onClose={close} />}
      {dialog?.kind === "remove" && <Remove {...props} name={dialog.name} onClose={close} />}
    </>
  );
}

type NamedProps = DeskDialogsProps & { name: string; onClose: () => void };

function Versions({ workspace, name, acts, history, saved, whyNotSave, onClose }: NamedProps) {
  const { restore } = saved;
  return (
    <VersionsDialog
      failure={restore.isError ? failureOf(restore.error) : null}
      isBusy={restore.isPending}
      name={name}
      onClose={onClose}
      onCopyLink={(version) => history.copyLink(name, version)}
      onOpen={(query) => {
        acts.openSaved(query);
        onClose();
      }}
      onRestore={(version, expectedVersion) =>
        restore.mutate(
          { workspace, name, version, expectedVersion },
          {
            onSuccess: (next) => {
              void toastDone(`Version ${version} is version ${next.version} now.`);
              history.openSavedByName(name);
              onClose();
            },
          },
        )
      }
      whyNot={whyNotSave}
      workspace={workspace}
    />
  );
}

function Remove({ workspace, name, saved, onClose }: NamedProps) {
  const { remove } = saved;
  return (
    <ConfirmDialog
      actLabel="Delete the query"
      description="It leaves the list for everybody. Its versions stay for links that are pinned to them, and open texts stay open."
      isBusy={remove.isPending}
      isOpen
      name={name}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { workspace, name, confirmation: name },
          {
            onSuccess: () => {
              void toastDone(`${name} was deleted.`);
              onClose();
            },
            onError: (error) => void toastFailure(failureOf(error)),
          },
        )
      }
      title={`Delete ${name}?`}
    />
  );
}
