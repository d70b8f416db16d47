"use client";

import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { QueryStatus } from "@/domain/query/query-run";
import { ResultGrid } from "../grid/ResultGrid";
import type { GridHandle } from "../grid/useGridActs";
import { useHeadProfiles } from "../head/useHeadProfiles";
import type { ResultSource } from "../result-source";
import { FIRST_CELL, type Selection, selectionSize } from "../select/selection";
import { useResultExtent } from "../useResultExtent";
import {
  emptyWords,
  type ResultFacts,
  rowWords,
  truncationWords,
  viewWords,
  waitingWords,
} from "./prepare-result-state";
import { ResultToolbar } from "./ResultToolbar";
import type { ResultViewState } from "./useResultView";

export type ResultPanelProps = {
  /** Told to screen readers: `Rows of statement 2`. */
  label: string;
  /** The result as it came. */
  source: ResultSource;
  /** How `source` is shown, by `useResultView`. */
  state: ResultViewState;
  status: QueryStatus;
  ranAt: Date;
  /** Rows that the statement was asked for at most; null for all. */
  limit?: number | null;
  /** At the right end of the bar, for example the export. */
  actions?: ReactNode;
};

/** A result as rows, with its search, conditions, order and the way to any row. */
export function ResultPanel(props: ResultPanelProps) {
  const { label, source, state, status, ranAt, limit = null, actions } = props;
  const base = useResultExtent(source);
  const { shown, shownView, view, setView, reset } = state;
  const { rows } = useResultExtent(shown);
  const [selection, setSelection] = useState<Selection>(FIRST_CELL);
  const grid = useRef<GridHandle>(null);
  const goToRow = useRef<HTMLInputElement>(null);
  const heads = useHeadProfiles(source, shown, shownView);

  const facts: ResultFacts = { status, ranAt, ...base, viewRows: shown === source ? null : rows, limit };
  const missing = truncationWords(facts);
  const empty = emptyWords(facts);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches for the key that goes to the field
    <div
      className="relative flex min-h-0 min-w-0 flex-1 flex-col bg-panel"
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "g") return;
        event.preventDefault();
        goToRow.current?.focus();
      }}
    >
      {state.isLoading && <LoadingBar label="Finding the rows" />}
      <ResultToolbar
        actions={
          <>
            <Button
              aria-pressed={heads.isOn}
              kind="quiet"
              onClick={() => heads.setOn(!heads.isOn)}
              title="Null share and histogram of each column in its head"
            >
              Shapes
            </Button>
            {actions}
          </>
        }
        columns={source.columns}
        goToRowRef={goToRow}
        onCopy={(format, hasNames) => grid.current?.copy(format, hasNames)}
        onGoToRow={(row) => grid.current?.goToRow(row)}
        onReset={reset}
        onView={setView}
        originWords={facts.viewRows === null ? null : viewWords(facts)}
        rows={rows}
        rowWords={rowWords(facts)}
        selected={selectionSize(selection)}
        view={view}
      />
      {state.isWaiting && <Note state="waiting">{waitingWords(status)}</Note>}
      {missing !== null && base.rows > 0 && <Note state="warning">{missing}.</Note>}
      {state.failure !== null && (
        <FailurePanel
          actions={<Button onClick={reset}>Show the whole result</Button>}
          failure={state.failure}
          stillTrue="The rows that were shown before stay below."
        />
      )}
      {heads.failure !== null && (
        <Note state="warning">
          The columns could not be counted: {heads.failure.message}{" "}
          <Button kind="quiet" onClick={heads.retry}>
            Count again
          </Button>
        </Note>
      )}
      <ResultGrid
        empty={
          <EmptyState
            action={empty.isOfView && <Button onClick={reset}>Show the whole result</Button>}
            title={empty.text}
          />
        }
        label={label}
        onSelection={setSelection}
        onView={setView}
        onSeeColumns={heads.onSeeColumns}
        profiles={heads.profiles}
        ref={grid}
        source={shown}
        view={view}
      />
    </div>
  );
}

function Note({ state, children }: { state: "waiting" | "warning"; children: ReactNode }) {
  return (
    <p className="flex shrink-0 items-center gap-1.5 border-line border-b bg-sunken px-3 py-1 text-12 text-ink-2">
      <StateGlyph size={11} state={state} word="none" />
      {children}
    </p>
  );
}
