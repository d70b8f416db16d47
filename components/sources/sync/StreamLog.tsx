"use client";

import { X } from "lucide-react";
import { LogView } from "@/components/log/LogView";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { isFinal } from "@/domain/shared/is-final";
import type { StreamView } from "@/domain/sources/sync-view";
import { streamKey } from "./prepare-streams";
import { useSyncLog } from "./useSyncLog";

export type StreamLogProps = { workspace: string; syncId: string; stream: StreamView; onClose: () => void };

/** The connector's log of one stream; why it failed stays above the lines. Mount it anew for another stream. */
export function StreamLog({ workspace, syncId, stream, onClose }: StreamLogProps) {
  const isOver = isFinal(stream.status);
  const log = useSyncLog(workspace, syncId, stream.name, !isOver);
  const { error } = stream;
  return (
    <LogView
      above={() =>
        error === null || stream.status === "succeeded" ? null : (
          <FailurePanel
            className="max-h-44 shrink-0 overflow-auto"
            detail={error.detail}
            failure={{
              code: error.code,
              message: `Attempt ${stream.attempt} of ${stream.maxAttempts}: ${error.message}`,
              hint: error.hint,
            }}
            stillTrue={
              stream.rowsCommitted > 0
                ? "What was committed before stays, and the next sync goes on from there."
                : "The table is as the sync before left it."
            }
          />
        )
      }
      actions={
        <Button
          aria-label="Close the log"
          icon={<X aria-hidden="true" size={13} />}
          kind="quiet"
          onClick={onClose}
          title="Close the log (Esc)"
        />
      }
      attempts={Array.from({ length: stream.attempt }, (_, index) => index + 1)}
      emptyText={emptyText(stream)}
      failure={log.failure}
      isLoading={log.isLoading}
      isTruncated={log.isTruncated}
      lines={log.lines}
      name={streamKey(stream)}
    />
  );
}

function emptyText(stream: StreamView): string {
  if (stream.status === "queued") return "The stream has not started, so it has written nothing.";
  return isFinal(stream.status) ? "The connector wrote no log." : "The connector has written nothing yet.";
}
