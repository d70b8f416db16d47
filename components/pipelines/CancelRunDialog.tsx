"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";

export type CancelRunDialogProps = {
  isOpen: boolean;
  number: number;
  isBusy: boolean;
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks before a run is stopped. Tables that it committed stay. */
export function CancelRunDialog({ isOpen, number, isBusy, onClose, onConfirm }: CancelRunDialogProps) {
  return (
    <Dialog
      description="The job on the cluster is stopped and tasks that wait do not start. Tables that were already written stay as they are."
      isOpen={isOpen}
      onClose={onClose}
      title={`Cancel run ${number}`}
    >
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Keep it running
        </Button>
        <Button busy={isBusy} kind="danger" onClick={onConfirm}>
          Cancel run {number}
        </Button>
      </div>
    </Dialog>
  );
}
