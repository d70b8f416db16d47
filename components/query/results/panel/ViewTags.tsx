"use client";

import { X } from "lucide-react";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";
import { removeFilter, removeSort } from "../view/change-view";
import { filterWords } from "../view/filter-choices";

export type ViewTagsProps = {
  view: ResultView;
  columns: readonly ResultColumn[];
  onView: (view: ResultView) => void;
};

/** Every condition and order of a view as a tag that can be taken away. */
export function ViewTags({ view, columns, onView }: ViewTagsProps) {
  const nameOf = (column: number) => columns[column]?.name ?? "";
  if (view.filters.length === 0 && view.sort.length === 0) return null;
  return (
    <ul aria-label="Filters and order of the rows" className="flex min-w-0 flex-wrap items-center gap-1">
      {view.filters.map((filter, place) => (
        <RemovableTag
          key={JSON.stringify(filter)}
          onRemove={() => onView(removeFilter(view, place))}
          text={filterWords(filter, nameOf(filter.column))}
        />
      ))}
      {view.sort.map(({ column, descending }) => (
        <RemovableTag
          key={column}
          onRemove={() => onView(removeSort(view, column))}
          text={`by ${nameOf(column)}, ${descending ? "descending" : "ascending"}`}
        />
      ))}
    </ul>
  );
}

function RemovableTag({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li className="flex max-w-72 items-center rounded-1 border border-ctl text-11 text-ink-2">
      <span className="truncate pl-1" title={text}>
        {text}
      </span>
      <button
        aria-label={`Remove: ${text}`}
        className="rounded-1 p-0.5 hover:bg-hover hover:text-ink"
        onClick={onRemove}
        type="button"
      >
        <X aria-hidden="true" size={11} />
      </button>
    </li>
  );
}
