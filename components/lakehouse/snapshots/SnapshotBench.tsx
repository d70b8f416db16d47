"use client";

import { useMemo, useState } from "react";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { formatCount, formatInstant } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { DiffPanel } from "../diff/DiffPanel";
import { diffSentence } from "../diff/prepare-diff";
import { useDiff } from "../diff/useDiff";
import type { Snapshot } from "../lake-types";
import { prepareTimeline } from "../ruler/prepare-timeline";
import { RulerLegend } from "../ruler/RulerLegend";
import { SnapshotRuler } from "../ruler/SnapshotRuler";
import type { useSnapshots } from "../ruler/useSnapshots";
import type { TabProps } from "../table/tab-props";
import { type OpenDialog, SnapshotDialogs } from "./SnapshotDialogs";
import { SnapshotFacts } from "./SnapshotFacts";
import { SnapshotList } from "./SnapshotList";
import { useComparison } from "./useComparison";

export type SnapshotBenchProps = TabProps & {
  list: ReturnType<typeof useSnapshots> & { snapshots: Snapshot[] };
};

/** The snapshots on a ruler, and the rows that differ between two of them. */
export function SnapshotBench({
  workspace,
  table,
  acts,
  whyNotChange,
  onShow,
  now,
  list,
}: SnapshotBenchProps) {
  const { name, snapshotId: head } = table;
  const { snapshots } = list;
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const timeline = useMemo(() => prepareTimeline(snapshots, head, now), [snapshots, head, now]);
  const view = useComparison(snapshots, head);
  const { a, b, picked } = view;
  const from = a?.snapshotId ?? null;
  const to = b?.snapshotId ?? null;
  const state = useDiff(workspace, { name, from, to, key: view.key, kind: view.kind });
  return (
    <>
      <Panel
        actions={<RulerLegend />}
        className="shrink-0 border-line-2 border-b"
        label="Snapshots"
        meta={
          a !== null && b !== null
            ? comparisonWords(a, b, head)
            : `${formatCount(snapshots.length, "snapshot")} kept`
        }
        title="Snapshots"
      >
        <SnapshotRuler
          compared={{ a: from, b: to }}
          label="Snapshots over time; the keys a and b set what is compared"
          onKey={(pressed, id) => {
            const side = pressed.toLowerCase();
            if (side === "a" || side === "b") view.onCompare(side, id);
          }}
          onPick={view.onPick}
          picked={view.pickedId}
          timeline={timeline}
        />
      </Panel>
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-px overflow-auto bg-line-2 desk:grid-cols-[minmax(0,1fr)_372px] desk:overflow-hidden wide:grid-cols-[minmax(0,1fr)_452px]">
        <DiffPanel
          kind={view.kind}
          name={name}
          onKey={view.onKey}
          onKind={view.onKind}
          state={state}
          whyNot={view.whyNot}
        />
        <div className="flex min-h-0 min-w-0 flex-col bg-panel">
          {picked !== null && (
            <SnapshotFacts
              isHead={picked.snapshotId === head}
              onCompare={(side) => view.onCompare(side, picked.snapshotId)}
              onName={(type) => setOpen({ dialog: type, snapshot: picked })}
              onRollback={() => setOpen({ dialog: "rollback", snapshot: picked })}
              onRows={() => onShow("rows", { at: picked.snapshotId })}
              snapshot={picked}
              whyNotChange={whyNotChange}
              workspace={workspace}
            />
          )}
          <SnapshotList
            hasOlder={list.hasOlder}
            isLoading={list.isLoading}
            onOlder={list.loadOlder}
            onPick={view.onPick}
            picked={view.pickedId}
            snapshots={snapshots}
          />
        </div>
      </div>
      <EvidenceLine
        right={[
          ...(state.diff === null
            ? []
            : [{ key: "files", text: `${formatCount(state.diff.filesRead, "file")} read` }]),
          {
            key: "spacing",
            text: timeline.spacing === "time" ? "ruler by time, UTC" : "ruler spaced by commit, not by time",
          },
          {
            key: "kept",
            text: `${formatCount(snapshots.length, "snapshot")}${list.hasOlder ? ", older ones not loaded" : " kept"}`,
          },
        ]}
      >
        {state.diff !== null ? (
          <StateGlyph label={`Diff by DuckDB: ${diffSentence(state.diff)}`} state="succeeded" />
        ) : (
          "History from the lake's catalog"
        )}
      </EvidenceLine>
      <SnapshotDialogs
        acts={acts}
        head={snapshots.find(({ snapshotId }) => snapshotId === head) ?? null}
        onClose={() => setOpen(null)}
        open={open}
        table={table}
      />
    </>
  );
}

function comparisonWords(a: Snapshot, b: Snapshot, head: string | null): string {
  const place = b.snapshotId === head ? ", the head of main" : "";
  return `A is ${a.version}, ${formatInstant(a.committedAt)}; B is ${b.version}, ${formatInstant(b.committedAt)} UTC${place}`;
}
