"use client";

import { Button } from "@/components/ui/Button";
import { StateGlyph } from "@/components/ui/StateGlyph";

export type ConflictNoticeProps = {
  /** The newest version, which somebody else saved. */
  version: number;
  isBusy: boolean;
  onOverwrite: () => void;
  onTakeTheirs: () => void;
};

/** Somebody saved in between: nothing is lost, and the person says which of the two it shall be. */
export function ConflictNotice({ version, isBusy, onOverwrite, onTakeTheirs }: ConflictNoticeProps) {
  return (
    <div
      className="shrink-0 border-line-2 border-warn border-b border-l-[3px] bg-warn-wash px-3 py-2"
      role="alert"
    >
      <p className="flex gap-1.5 font-semibold">
        <StateGlyph state="warning" word="none" />
        Somebody saved version {version} while you were editing.
      </p>
      <p className="mt-0.5 text-12">
        Your text is still here. Compare it in the JSON view; both versions stay in the history whichever you
        take.
      </p>
      <div className="mt-1.5 flex gap-2">
        <Button busy={isBusy} onClick={onOverwrite}>
          Save mine as the next version
        </Button>
        <Button kind="quiet" onClick={onTakeTheirs}>
          Take theirs
        </Button>
      </div>
    </div>
  );
}
