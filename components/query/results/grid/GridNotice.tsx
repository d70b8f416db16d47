"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { ShownFailure } from "@/components/ui/failure-of";
import { RULER_WIDTH } from "./RowRuler";

export type GridNoticeProps = {
  isEmpty: boolean;
  empty: ReactNode;
  failure: ShownFailure | null;
  headHeight: number;
  onRetry: () => void;
};

/** What stands over the rows: why there are none, or why they did not come. */
export function GridNotice({ isEmpty, empty, failure, headHeight, onRetry }: GridNoticeProps) {
  if (failure !== null) {
    return (
      <div className="absolute inset-x-0 z-20" style={{ top: headHeight, right: RULER_WIDTH }}>
        <FailurePanel
          actions={<Button onClick={onRetry}>Read again</Button>}
          failure={failure}
          stillTrue="Rows that were read before stay below."
        />
      </div>
    );
  }
  if (!isEmpty) return null;
  return (
    <div className="absolute inset-x-0" style={{ top: headHeight, right: RULER_WIDTH }}>
      {empty}
    </div>
  );
}
