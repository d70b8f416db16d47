import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { Saving } from "./useSaving";

export type SaveBarProps = {
  title: string;
  onTitle: (title: string) => void;
  /** Why it cannot be saved now; null where it can. */
  whyNot: string | null;
  saving: Saving;
  /** Saves over the version that the draft was made from. */
  onSave: () => void;
  /** Saves on top of what somebody else saved. */
  onSaveAnyway: () => void;
};

/** The title of a draft and the button that saves it; what went wrong stands below. */
export function SaveBar({ title, onTitle, whyNot, saving, onSave, onSaveAnyway }: SaveBarProps) {
  return (
    <>
      <div className="sticky top-0 z-20 flex flex-wrap items-center gap-3 border-line border-b bg-sunken px-3 py-1">
        <label className="flex min-w-0 flex-1 items-center gap-1.5 text-12 text-ink-2">
          Title
          <input
            className={`${CONTROL_CLASS} max-w-[60ch]`}
            maxLength={200}
            onChange={(event) => onTitle(event.target.value)}
            value={title}
          />
        </label>
        <Button busy={saving.isBusy} disabledReason={whyNot} onClick={onSave}>
          Save draft
        </Button>
      </div>
      {saving.failure !== null && (
        <FailurePanel
          failure={saving.failure}
          stillTrue="Your changes are still here."
          {...(saving.isOvertaken
            ? { actions: <Button onClick={onSaveAnyway}>Save mine as a newer version</Button> }
            : {})}
        />
      )}
    </>
  );
}
