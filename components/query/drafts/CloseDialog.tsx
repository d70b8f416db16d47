"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";

export type CloseDialogProps = {
  title: string;
  onKeep: () => void;
  onClose: () => void;
};

/** Asks before a text with unsaved changes is closed; it can be brought back for a while. */
export function CloseDialog({ title, onKeep, onClose }: CloseDialogProps) {
  return (
    <Dialog
      description="It has changes that are not saved as a query. Alt Shift T brings a closed text back."
      isOpen
      onClose={onKeep}
      title={`Close ${title}?`}
    >
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onKeep}>
          Keep it open
        </Button>
        <Button kind="danger" onClick={onClose}>
          Close it
        </Button>
      </div>
    </Dialog>
  );
}
