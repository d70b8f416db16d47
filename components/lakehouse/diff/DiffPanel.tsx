"use client";

import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatNumber } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { saveTextFile } from "@/components/ui/save-text-file";
import { toastDone, toastFailure } from "@/components/ui/toast";
import { DiffGrid } from "./DiffGrid";
import { WHOLE_ROWS } from "./KeyDialog";
import { KindSegments } from "./KindSegments";
import { type DiffKind, diffCsv, diffSentence } from "./prepare-diff";
import { MOST_EXPORTED, type useDiff } from "./useDiff";

const KeyDialog = dynamic(() => import("./KeyDialog").then((module) => module.KeyDialog), { ssr: false });

export type DiffPanelProps = {
  name: string;
  state: ReturnType<typeof useDiff>;
  /** Why there is nothing to compare; null where there is. */
  whyNot: string | null;
  kind: DiffKind | null;
  onKind: (kind: DiffKind | null) => void;
  onKey: (key: string | null) => void;
};

/** The rows that differ between A and B, with what they are told apart by. */
export function DiffPanel({ name, state, whyNot, kind, onKind, onKey }: DiffPanelProps) {
  const { diff, items, failure } = state;
  const [isChoosingKey, setChoosingKey] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const exportCsv = async () => {
    if (diff === null) return;
    setExporting(true);
    try {
      const all = await state.readAll();
      saveTextFile(`${name}-difference.csv`, diffCsv(diff.columns, all), "text/csv");
      if (all.length >= MOST_EXPORTED) {
        void toastDone(`The file holds the first ${formatNumber(all.length)} rows`);
      }
    } catch (error) {
      void toastFailure(failureOf(error));
    } finally {
      setExporting(false);
    }
  };
  return (
    <Panel
      actions={
        diff !== null && (
          <>
            <button className="link" onClick={() => setChoosingKey(true)} type="button">
              {diff.key.length === 0 ? "Whole rows, choose a key" : `Key ${diff.key.join(", ")}`}
            </button>
            <Button
              busy={isExporting}
              icon={<Download aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={exportCsv}
            >
              Export CSV
            </Button>
          </>
        )
      }
      bodyClassName="overflow-auto"
      className="min-h-[220px]"
      isLoading={state.isLoading}
      label="Rows that differ, A to B"
      meta={diff !== null && <KindSegments counts={diff.counts} kind={kind} onKind={onKind} />}
      title="Rows that differ, A to B"
    >
      {failure !== null && (
        <FailurePanel
          actions={
            failure.code === "invalid_input" ? (
              <Button onClick={() => onKey(WHOLE_ROWS)}>Compare whole rows</Button>
            ) : (
              <Button onClick={state.retry}>Try again</Button>
            )
          }
          failure={failure}
        />
      )}
      {whyNot !== null && <EmptyState title={whyNot}>Choose two snapshots on the ruler.</EmptyState>}
      {failure === null && diff !== null && items.length === 0 && (
        <EmptyState title={kind === null ? diffSentence(diff) : `No row was ${kind} between A and B.`}>
          {kind === null
            ? "What changed are files or the shape, not rows."
            : "Other kinds are counted above."}
        </EmptyState>
      )}
      {failure === null && diff !== null && items.length > 0 && (
        <>
          <DiffGrid columns={diff.columns} items={items} keyColumns={diff.key} />
          {state.hasMore && (
            <p className="flex items-center gap-3 px-3 py-1.5 text-12 text-ink-2">
              {formatNumber(items.length)} rows shown
              <Button busy={state.isLoading} onClick={state.loadMore}>
                Show more
              </Button>
            </p>
          )}
        </>
      )}
      {isChoosingKey && diff !== null && (
        <KeyDialog
          columns={diff.columns}
          current={diff.key}
          onChoose={(key) => {
            setChoosingKey(false);
            onKey(key);
          }}
          onClose={() => setChoosingKey(false)}
        />
      )}
    </Panel>
  );
}
