import { Button } from "@/components/ui/Button";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DraftKeeping } from "./useDrafts";

/** Says where changes are not kept, and offers to take over. */
export function KeepingNotice({ keeping, onTakeOver }: { keeping: DraftKeeping; onTakeOver: () => void }) {
  if (keeping === "kept") return null;
  return (
    <div
      className="flex min-h-[30px] shrink-0 items-center gap-3 border-line-2 border-b bg-warn-wash px-3 text-12"
      role="status"
    >
      {keeping === "off" ? (
        <StateGlyph
          label="This browser keeps nothing for pages: save what is to outlive a reload."
          state="warning"
        />
      ) : (
        <>
          <StateGlyph
            label="Your texts are open in another tab of this browser. Changes made here are not kept."
            state="warning"
          />
          <Button onClick={onTakeOver}>Take over here</Button>
        </>
      )}
    </div>
  );
}
