"use client";

import { Button } from "@/components/ui/Button";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useArchive } from "./useArchive";

export type ArchivedNoticeProps = {
  workspace: string;
  pipelineId: string;
  /** Null where it is not archived: nothing is shown. */
  mark: { by: string; at: Date } | null;
  whyNot: string | null;
};

/** That a pipeline is archived, and how it comes back. */
export function ArchivedNotice({ workspace, pipelineId, mark, whyNot }: ArchivedNoticeProps) {
  const { bringBack, bringingBack } = useArchive(workspace);
  if (mark === null) return null;
  return (
    <p
      className="flex items-center gap-2 border-line-2 border-b border-l-[3px] border-l-warn bg-panel px-3 py-1.5"
      role="status"
    >
      <StateGlyph state="warning" word="spoken" />
      <span className="min-w-0">
        Archived by {mark.by} <RelativeTime at={mark.at} />: its schedule is off and nothing starts it.
      </span>
      <span className="ml-auto shrink-0">
        <Button
          busy={bringingBack !== null}
          disabledReason={whyNot}
          onClick={() => bringBack(pipelineId)}
          type="button"
        >
          Bring it back
        </Button>
      </span>
    </p>
  );
}
