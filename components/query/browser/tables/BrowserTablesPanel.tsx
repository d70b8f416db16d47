"use client";

import { type DragEvent, useId, useRef, useState } from "react";
import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import { Button } from "@/components/ui/Button";
import { classNames } from "@/components/ui/class-names";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatNumber } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { BrowserTablesState } from "../useBrowserTables";
import { BrowserTableRow } from "./BrowserTableRow";
import { DropTableDialog } from "./DropTableDialog";
import { RenameTableDialog } from "./RenameTableDialog";

export type BrowserTablesPanelProps = {
  state: BrowserTablesState;
  /** Puts a name into the text. */
  onName: (name: string) => void;
  /** Of a copy of a lake table: whether the table moved on since. */
  isStale?: (table: BrowserTable) => boolean;
  /** Brings a stale copy anew. */
  onRenew?: (table: BrowserTable) => void;
};

const FILES = ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet,.pq,.arrow,.arrows,.feather,.ipc";

/** Files, results and lake tables that this browser holds. Files are chosen, or dropped onto it. */
export function BrowserTablesPanel({ state, onName, isStale, onRenew }: BrowserTablesPanelProps) {
  const headingId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [renamed, setRenamed] = useState<BrowserTable | null>(null);
  const [dropped, setDropped] = useState<BrowserTable | null>(null);
  const { tables, arrivals, failure, isLasting, engine } = state;

  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      aria-labelledby={headingId}
      className={classNames("border-line border-t", isOver && "bg-select")}
      onDragLeave={() => setOver(false)}
      onDragOver={drag}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void state.addFiles([...event.dataTransfer.files]);
      }}
    >
      <div className="flex h-[30px] items-center gap-2 px-2">
        <h3 className="flex-1 font-semibold text-12.5" id={headingId}>
          browser
        </h3>
        <Button kind="quiet" onClick={() => input.current?.click()}>
          Add files
        </Button>
        <input
          accept={FILES}
          aria-label="Files to add to the browser"
          className="sr-only"
          multiple
          onChange={(event) => {
            void state.addFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
          ref={input}
          tabIndex={-1}
          type="file"
        />
      </div>
      {failure !== null && (
        <FailurePanel
          actions={<Button onClick={state.clearFailure}>Close</Button>}
          failure={failure}
          stillTrue="The other tables are as they were."
        />
      )}
      {arrivals.map((arrival) => (
        <div className="relative flex items-center gap-2 px-2 py-1 text-12 text-ink-2" key={arrival.id}>
          <LoadingBar label={`Bringing ${arrival.label}`} />
          <span className="min-w-0 flex-1 truncate">
            {arrival.label}
            {arrival.rows !== null &&
              `, ${formatNumber(arrival.rows)} of ${formatNumber(arrival.ofRows)} rows`}
          </span>
          <Button kind="quiet" onClick={arrival.stop}>
            Cancel
          </Button>
        </div>
      ))}
      <ul>
        {tables.map((table) => (
          <BrowserTableRow
            isStale={isStale?.(table) ?? false}
            key={table.id}
            onDrop={() => setDropped(table)}
            onName={onName}
            onRename={() => setRenamed(table)}
            table={table}
            {...(onRenew === undefined ? {} : { onRenew: () => onRenew(table) })}
          />
        ))}
      </ul>
      {tables.length === 0 && arrivals.length === 0 && (
        <p className="px-2 pb-2 text-12 text-ink-3">Drop CSV, JSON, Parquet or Arrow files here.</p>
      )}
      {engine !== null && !isLasting && tables.length > 0 && (
        <p className="px-2 pb-2 text-12 text-warn">
          This browser keeps no tables of its own: they are gone after a reload.
        </p>
      )}
      {renamed !== null && (
        <RenameTableDialog
          onClose={() => setRenamed(null)}
          onRename={(name) => state.rename(renamed.id, name)}
          table={renamed}
          tables={tables}
        />
      )}
      {dropped !== null && (
        <DropTableDialog
          onClose={() => setDropped(null)}
          onDrop={() => void state.drop(dropped.id)}
          table={dropped}
        />
      )}
    </section>
  );
}
