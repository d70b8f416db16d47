"use client";

import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount, formatDuration } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { EngineName } from "@/domain/query/dialect";
import { QueryStatus } from "@/domain/query/query-run";
import { ENGINE_WORDS } from "../engine-words";
import type { HistoryItem } from "../query-types";
import { type HistoryFilter, useHistory } from "./useHistory";

export type HistoryPanelProps = {
  workspace: string;
  /** Whether the runs of others may be looked at too. */
  maySeeAll: boolean;
  onOpenText: (item: HistoryItem) => void;
  onOpenResult: (item: HistoryItem) => void;
};

/** Statements that were run: by text, state and engine; their texts and kept results opened again. */
export function HistoryPanel({ workspace, maySeeAll, onOpenText, onOpenResult }: HistoryPanelProps) {
  const [filter, setFilter] = useState<HistoryFilter>({
    search: "",
    status: null,
    engine: null,
    everybody: false,
  });
  const history = useHistory(workspace, useDeferredValue(filter));
  const items = history.data?.pages.flatMap((page) => page.items);
  const isFiltered = filter.search !== "" || filter.status !== null || filter.engine !== null;
  const change = (changes: Partial<HistoryFilter>) => setFilter({ ...filter, ...changes });
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {history.isFetching && <LoadingBar />}
      <HistoryFilters filter={filter} maySeeAll={maySeeAll} onChange={change} />
      {history.isError && (
        <FailurePanel
          actions={<Button onClick={() => history.refetch()}>Try again</Button>}
          failure={failureOf(history.error)}
        />
      )}
      {items?.length === 0 &&
        (isFiltered ? (
          <EmptyState title="No statement fits this filter." />
        ) : (
          <EmptyState title="No statement was run yet.">Press Ctrl Enter in a statement.</EmptyState>
        ))}
      <ul aria-label="History" className="min-h-0 flex-1 overflow-auto">
        {items?.map((item) => (
          <HistoryRow
            isOfAll={filter.everybody}
            item={item}
            key={item.id}
            onOpenResult={onOpenResult}
            onOpenText={onOpenText}
          />
        ))}
        {history.hasNextPage && (
          <li className="p-2">
            <Button busy={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
              Show older ones
            </Button>
          </li>
        )}
      </ul>
    </div>
  );
}

type HistoryFiltersProps = {
  filter: HistoryFilter;
  maySeeAll: boolean;
  onChange: (changes: Partial<HistoryFilter>) => void;
};

function HistoryFilters({ filter, maySeeAll, onChange }: HistoryFiltersProps) {
  return (
    <div className="grid grid-cols-2 gap-1.5 p-2">
      <input
        aria-label="Search in statements"
        className={`${CONTROL_CLASS} col-span-2`}
        onChange={(event) => onChange({ search: event.target.value })}
        onKeyDown={(event) => event.key === "Escape" && onChange({ search: "" })}
        placeholder="Search in statements"
        type="search"
        value={filter.search}
      />
      <select
        aria-label="State"
        className={`${CONTROL_CLASS} text-12`}
        onChange={(event) => onChange({ status: QueryStatus.nullable().parse(event.target.value || null) })}
        value={filter.status ?? ""}
      >
        <option value="">any state</option>
        {QueryStatus.options.map((status) => (
          <option key={status} value={status}>
            {status}
          </option>
        ))}
      </select>
      <select
        aria-label="Engine"
        className={`${CONTROL_CLASS} text-12`}
        onChange={(event) => onChange({ engine: EngineName.nullable().parse(event.target.value || null) })}
        value={filter.engine ?? ""}
      >
        <option value="">any engine</option>
        {EngineName.options.map((engine) => (
          <option key={engine} value={engine}>
            {ENGINE_WORDS[engine]}
          </option>
        ))}
      </select>
      {maySeeAll && (
        <label className="col-span-2 flex items-center gap-1.5 text-12 text-ink-2">
          <input
            checked={filter.everybody}
            onChange={(event) => onChange({ everybody: event.target.checked })}
            type="checkbox"
          />
          of everybody in this workspace
        </label>
      )}
    </div>
  );
}

type HistoryRowProps = Pick<HistoryPanelProps, "onOpenText" | "onOpenResult"> & {
  item: HistoryItem;
  isOfAll: boolean;
};

/** It can be cancelled where it is followed. */
const isUnderWay = ({ status }: HistoryItem): boolean => status === "running" || status === "queued";

function HistoryRow({ item, isOfAll, onOpenText, onOpenResult }: HistoryRowProps) {
  const facts = [
    ENGINE_WORDS[item.engine],
    ...(item.status === "succeeded" ? [formatCount(item.rows, "row")] : []),
    ...(item.endedAt === null ? [] : [formatDuration(item.elapsedMs)]),
    ...(isOfAll ? [item.createdBy] : []),
  ];
  return (
    <li className="border-line border-b px-2 py-1 hover:bg-hover">
      <button
        className="block w-full text-left"
        onClick={() => onOpenText(item)}
        title={item.error?.message ?? "Open the text"}
        type="button"
      >
        <span className="flex items-center gap-1.5">
          <StateGlyph size={11} state={item.status} word="spoken" />
          <code className="min-w-0 flex-1 truncate text-12">{item.sql.replaceAll(/\s+/g, " ")}</code>
        </span>
        <span className="block pl-[17px] text-12 text-ink-2">
          {facts.join(", ")}, <RelativeTime at={item.createdAt} />
        </span>
      </button>
      {(item.resultKept || isUnderWay(item)) && (
        <button className="link pl-[17px] text-12" onClick={() => onOpenResult(item)} type="button">
          {item.resultKept ? "Open its result" : "Follow it"}
        </button>
      )}
    </li>
  );
}
