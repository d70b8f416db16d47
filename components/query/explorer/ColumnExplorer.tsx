"use client";

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { ResultFilter } from "@/domain/query/result-view";
import type { ResultSource } from "../results/result-source";
import { useResultExtent } from "../results/useResultExtent";
import { ColumnDetail } from "./ColumnDetail";
import { ColumnRow, ROW_HEIGHT } from "./ColumnRow";
import { useProfiles } from "./useProfiles";

/** Rows drawn above and below what is seen. */
const MARGIN_ROWS = 6;

export type ColumnExplorerProps = {
  /** A result, or a view of it: what is told is of its rows. */
  source: ResultSource;
  /** A bar or a value was pressed: conditions on one column, to be added to the view. */
  onFilter?: (filters: ResultFilter[]) => void;
};

/** The columns of a result: type, nulls, distinct values and shape of each, and everything about the chosen one. */
export function ColumnExplorer({ source, onFilter }: ColumnExplorerProps) {
  const { rows, isComplete } = useResultExtent(source);
  const { overviews, details, isLoading, failure, store } = useProfiles(source);
  const [search, setSearch] = useState("");
  const [selected, setSelected] = useState<number | null>(null);
  const shown = useMemo(() => {
    const sought = search.trim().toLowerCase();
    return [...source.columns.entries()].filter(
      ([, { name, type }]) => name.toLowerCase().includes(sought) || type.toLowerCase().includes(sought),
    );
  }, [source.columns, search]);
  const chosen = selected ?? shown[0]?.[0] ?? null;
  useEffect(() => {
    // The engine computes quantiles for one column at a time.
    if (chosen !== null) store?.open(chosen);
  }, [store, chosen]);
  const column = chosen === null ? undefined : source.columns[chosen];
  return (
    <div className="relative grid h-full min-h-0 grid-cols-[minmax(0,1fr)_minmax(260px,372px)] bg-panel">
      {isLoading && <LoadingBar label="Counting columns" />}
      <div className="flex min-h-0 min-w-0 flex-col border-line border-r">
        <div className="flex h-[34px] shrink-0 items-center gap-3 border-line border-b px-3">
          <input
            aria-label="Filter columns"
            className={`${CONTROL_CLASS} max-w-64`}
            onChange={(event) => setSearch(event.target.value)}
            placeholder="Filter columns"
            value={search}
          />
          <span className="text-12 text-ink-2">
            {shown.length === source.columns.length
              ? formatCount(shown.length, "column")
              : `${shown.length} of ${formatCount(source.columns.length, "column")}`}
            {isComplete ? ` of ${formatCount(rows, "row")}` : ""}
          </span>
        </div>
        {failure !== null && (
          <FailurePanel
            actions={<Button onClick={() => store?.retry()}>Ask again</Button>}
            failure={failureOf(failure)}
            stillTrue="What was counted before stays below."
          />
        )}
        {!isComplete && (
          <p className="px-3 py-2 text-12 text-ink-2">
            Columns are counted once all rows are here; {formatCount(rows, "row")} so far.
          </p>
        )}
        {shown.length === 0 ? (
          <EmptyState title="No column has this in its name or type." />
        ) : (
          <ColumnList
            chosen={chosen}
            onSee={(columns) => store?.see(columns)}
            onSelect={setSelected}
            profiles={overviews}
            shown={shown}
            storeKey={store}
          />
        )}
      </div>
      {column !== undefined && chosen !== null && (
        <ColumnDetail
          column={column}
          isComplete={details.has(chosen)}
          onFilter={onFilter}
          profile={details.get(chosen) ?? overviews.get(chosen)}
        />
      )}
    </div>
  );
}

type ColumnListProps = {
  shown: [number, { name: string; type: string }][];
  profiles: ReturnType<typeof useProfiles>["overviews"];
  chosen: number | null;
  onSelect: (column: number) => void;
  onSee: (columns: number[]) => void;
  /** Another one has to be told anew what is seen. */
  storeKey: unknown;
};

/** Only the rows that are seen are in the page, so that 500 columns cost what 20 do. */
function ColumnList({ shown, profiles, chosen, onSelect, onSee, storeKey }: ColumnListProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // The layout of the page decides how many rows there is room for.
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const from = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN_ROWS);
  const to = Math.min(shown.length, Math.ceil((top + height) / ROW_HEIGHT) + MARGIN_ROWS);
  const drawn = useMemo(() => shown.slice(from, to), [shown, from, to]);
  const see = useRef(onSee);
  see.current = onSee;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new store knows nothing of what is seen
  useEffect(() => {
    // What is seen is asked of the engine first.
    see.current(drawn.map(([column]) => column));
  }, [drawn, storeKey]);
  const move = (event: KeyboardEvent) => {
    const at = shown.findIndex(([column]) => column === chosen);
    const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
    const target = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const place = Math.min(Math.max(0, target), shown.length - 1);
    const column = shown[place]?.[0];
    if (column === undefined) return;
    onSelect(column);
    const element = box.current;
    if (element === null) return;
    if (place * ROW_HEIGHT < element.scrollTop) element.scrollTop = place * ROW_HEIGHT;
    const overhang = (place + 1) * ROW_HEIGHT - element.clientHeight;
    if (overhang > element.scrollTop) element.scrollTop = overhang;
  };
  return (
    <div
      aria-activedescendant={chosen === null ? undefined : `${id}-${chosen}`}
      aria-label="Columns"
      className="min-h-0 flex-1 overflow-auto focus-visible:outline-offset-[-2px]"
      onKeyDown={move}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      ref={box}
      role="listbox"
      tabIndex={0}
    >
      <div style={{ height: shown.length * ROW_HEIGHT, paddingTop: from * ROW_HEIGHT }}>
        {drawn.map(([column, facts]) => (
          <ColumnRow
            column={facts}
            id={`${id}-${column}`}
            isSelected={column === chosen}
            key={column}
            onSelect={() => onSelect(column)}
            profile={profiles.get(column)}
          />
        ))}
      </div>
    </div>
  );
}
