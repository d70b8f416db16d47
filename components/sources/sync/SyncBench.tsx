"use client";

import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { ShownFailure } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { isFinal } from "@/domain/shared/is-final";
import type { StreamView, SyncView } from "@/domain/sources/sync-view";
import { prepareFigures } from "./prepare-figures";
import { prepareSchemaChanges, prepareStreams, type StreamAct, streamKey } from "./prepare-streams";
import { SchemaChanges } from "./SchemaChanges";
import { StreamLog } from "./StreamLog";
import { StreamTable } from "./StreamTable";
import { SyncFigures } from "./SyncFigures";

export type SyncBenchProps = {
  workspace: string;
  /** Null while it loads. */
  sync: SyncView | null;
  failure: ShownFailure | null;
  onRetry: () => void;
  now: Date;
  parallel: number;
  policy: string;
  selected: string | null;
  onSelect: (key: string | null) => void;
  onAct: (act: StreamAct, stream: StreamView) => void;
  acting: string | null;
  whyNotAct: string | null;
  onChangePolicy: () => void;
  /** The history of the connection, below the streams. */
  children: React.ReactNode;
};

/** One sync: its figures, its streams, what changed at the source, and the log of the stream that is chosen. */
export function SyncBench(props: SyncBenchProps) {
  const { workspace, sync, failure, now, selected, onSelect } = props;
  const rows = sync === null ? null : prepareStreams(sync, now);
  const stream = sync?.streams.find((one) => streamKey(one) === selected) ?? null;
  const ownError = sync?.error ?? null;
  const isExplained =
    ownError !== null && sync?.streams.some(({ error }) => error?.message === ownError.message);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <section
        aria-label="Sync"
        className="@container relative min-h-0 flex-1 overflow-y-auto bg-panel"
        data-pane=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {sync === null && failure === null && <LoadingBar label="Loading the sync" />}
        {failure !== null && (
          <FailurePanel
            actions={<Button onClick={props.onRetry}>Try again</Button>}
            failure={failure}
            {...(sync === null ? {} : { stillTrue: "What is shown below is as it was last read." })}
          />
        )}
        {ownError !== null && !isExplained && sync !== null && isFinal(sync.status) && (
          <FailurePanel
            detail={ownError.detail}
            failure={ownError}
            stillTrue="Tables stay as the sync before left them."
          />
        )}
        {sync !== null && <SyncFigures figures={prepareFigures(sync, props.parallel, now)} />}
        <StreamTable
          acting={props.acting}
          onAct={(act, row) => {
            const found = sync?.streams.find((one) => streamKey(one) === row.key);
            if (found !== undefined) props.onAct(act, found);
          }}
          onSelect={(key) => onSelect(key === selected ? null : key)}
          rows={rows}
          selected={selected}
          whyNotAct={props.whyNotAct}
        />
        {sync !== null && (
          <SchemaChanges
            onChangePolicy={props.onChangePolicy}
            policy={props.policy}
            rows={prepareSchemaChanges(sync.streams)}
          />
        )}
        {props.children}
      </section>
      {sync !== null && stream !== null && (
        <div className="grid h-[42%] min-h-44 shrink-0 border-line-2 border-t">
          <StreamLog
            key={`${sync.id}/${streamKey(stream)}`}
            onClose={() => onSelect(null)}
            stream={stream}
            syncId={sync.id}
            workspace={workspace}
          />
        </div>
      )}
    </div>
  );
}
