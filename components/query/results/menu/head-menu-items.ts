import type { MenuItem } from "@/components/ui/MenuList";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";

export type HeadMenuActs = {
  sort: (descending: boolean) => void;
  dropSort: () => void;
  filter: () => void;
  dropFilters: () => void;
  togglePinned: () => void;
  hide: () => void;
  show: (column: number) => void;
  showAll: () => void;
  move: (step: 1 | -1) => void;
  fit: () => void;
  copyName: () => void;
};

export type HeadMenuFacts = {
  columns: readonly ResultColumn[];
  column: number;
  view: ResultView;
  isPinned: boolean;
  hidden: readonly number[];
};

const MOST_HIDDEN = 12;

const action = (key: string, label: string, onSelect: () => void, hint?: string): MenuItem => ({
  kind: "action",
  key,
  label,
  onSelect,
  ...(hint === undefined ? {} : { hint }),
});

/** What can be done with a column from its head. */
export function headMenuItems(
  { columns, column, view, isPinned, hidden }: HeadMenuFacts,
  acts: HeadMenuActs,
): MenuItem[] {
  const sort = view.sort.find((term) => term.column === column);
  const hasFilters = view.filters.some((filter) => filter.column === column);
  return [
    {
      kind: "action",
      key: "ascending",
      label: "Sort ascending",
      isChecked: sort?.descending === false,
      onSelect: () => acts.sort(false),
    },
    {
      kind: "action",
      key: "descending",
      label: "Sort descending",
      isChecked: sort?.descending === true,
      onSelect: () => acts.sort(true),
    },
    ...(sort === undefined ? [] : [action("unsorted", "Do not sort by it", acts.dropSort)]),
    { kind: "line", key: "line-1" },
    action("filter", "Filter…", acts.filter),
    ...(hasFilters ? [action("unfilter", "Remove its filters", acts.dropFilters)] : []),
    { kind: "line", key: "line-2" },
    action("pin", isPinned ? "Let it scroll" : "Pin to the left", acts.togglePinned),
    action("left", "Move to the left", () => acts.move(-1), "Ctrl ←"),
    action("right", "Move to the right", () => acts.move(1), "Ctrl →"),
    action("fit", "Fit the width", acts.fit),
    action("name", "Copy its name", acts.copyName),
    action("hide", "Hide", acts.hide),
    ...hiddenItems(columns, hidden, acts),
  ];
}

function hiddenItems(
  columns: readonly ResultColumn[],
  hidden: readonly number[],
  acts: HeadMenuActs,
): MenuItem[] {
  if (hidden.length === 0) return [];
  return [
    { kind: "line", key: "line-3" },
    { kind: "heading", key: "hidden", label: `${hidden.length} hidden` },
    ...hidden
      .slice(0, MOST_HIDDEN)
      .map((place) => action(`show-${place}`, `Show ${columns[place]?.name ?? ""}`, () => acts.show(place))),
    action("show-all", "Show all columns", acts.showAll),
  ];
}
