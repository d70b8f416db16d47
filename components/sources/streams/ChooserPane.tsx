"use client";

import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatClock, formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { OperationState } from "../connector/OperationState";
import type { OperationHandle } from "../connector/useOperation";
import type { ConnectionDraft } from "../document/useConnectionDraft";
import { chooseAll, editEntries, prepareChoice } from "./prepare-choice";
import { StreamChooser } from "./StreamChooser";
import { useEscape } from "./useEscape";

export type ChooserPaneProps = {
  draft: ConnectionDraft;
  discovery: OperationHandle;
  isReadOnly: boolean;
  whyNotDiscover: string | null;
  onDiscover: () => void;
  /** Null where the pane stays open. */
  onDone: (() => void) | null;
};

/** What the source has, and what of it is synced. */
export function ChooserPane({
  draft,
  discovery,
  isReadOnly,
  whyNotDiscover,
  onDiscover,
  onDone,
}: ChooserPaneProps) {
  const { operation } = discovery;
  const discovered = operation?.streams ?? null;
  useEscape(onDone);
  const rows = prepareChoice(discovered, draft.value.streams);
  return (
    <Panel
      actions={
        <>
          <Button busy={discovery.isRunning} disabledReason={whyNotDiscover} onClick={onDiscover}>
            {discovered === null ? "Look at the source" : "Look again"}
          </Button>
          {onDone !== null && (
            <Button onClick={onDone} title="Back to the sync (Esc)">
              Done
            </Button>
          )}
        </>
      }
      bodyClassName="flex flex-col"
      className="min-h-80 flex-1"
      label="Choose streams"
      title="Streams of the source"
    >
      <OperationState
        doing="Asking the source for its streams"
        done={({ endedAt, streams }) => (
          <p className="border-line border-b px-3 py-1.5 text-12 text-ink-2" role="status">
            {formatCount(streams?.length ?? 0, "stream")} found
            {endedAt ? ` at ${formatClock(endedAt)} UTC` : ""}
          </p>
        )}
        failure={discovery.failure}
        isRunning={discovery.isRunning}
        onCancel={discovery.cancel}
        onRetry={onDiscover}
        operation={operation}
      />
      {rows.length === 0 && discovered === null && !discovery.isRunning ? (
        <EmptyState title="Nobody has asked the source for its streams yet.">
          {whyNotDiscover ?? "Look at the source: it lists its streams, and you choose among them."}
        </EmptyState>
      ) : (
        <StreamChooser
          isReadOnly={isReadOnly || !draft.read.ok}
          onChooseAll={(shown, isChosen) =>
            draft.change(["streams"], chooseAll(draft.value.streams, shown, isChosen, discovered))
          }
          onEdit={(row, edit) =>
            draft.change(["streams"], editEntries(draft.value.streams, row, edit, discovered))
          }
          rows={rows}
        />
      )}
    </Panel>
  );
}
