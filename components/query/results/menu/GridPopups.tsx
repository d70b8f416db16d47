"use client";

import { toastDone } from "@/components/ui/toast";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";
import type { CellText } from "../cells/cell-text";
import type { Columns } from "../columns/useColumns";
import type { CopyFormat } from "../copy/copy-text";
import { ROW_HEIGHT } from "../grid/GridRow";
import type { GridGeometry } from "../grid/useGridGeometry";
import type { ScaledScroll } from "../grid/useScaledScroll";
import type { Place } from "../select/selection";
import { addFilter, removeSort, sortBy } from "../view/change-view";
import { FilterForm } from "../view/FilterForm";
import { cellMenuItems } from "./cell-menu-items";
import { GridMenu } from "./GridMenu";
import { headMenuItems } from "./head-menu-items";

export type Popup =
  | { kind: "head" | "filter"; place: number }
  /** At a point of the window where the pointer asked for it. */
  | { kind: "cell"; place: Place; point?: { x: number; y: number } };

export type GridPopupsProps = {
  popup: Popup;
  onPopup: (popup: Popup | null) => void;
  gridId: string;
  columns: readonly ResultColumn[];
  shape: Columns;
  geometry: GridGeometry;
  scroll: ScaledScroll;
  headHeight: number;
  view: ResultView;
  onView: (view: ResultView) => void;
  /** Of the cell that the menu is of; null while it is being read. */
  value: CellText | null;
  copy: (format: CopyFormat, hasNames: boolean) => void;
  inspect: () => void;
  fit: (place: number) => void;
};

const FORM_WIDTH = 288;

/** The menu of a column or of cells, and the form of a filter, where they belong. */
export function GridPopups(props: GridPopupsProps) {
  const { popup, onPopup, gridId, columns, shape, geometry, scroll, headHeight, view, onView } = props;
  const close = () => onPopup(null);
  if (popup.kind === "cell") {
    const column = shape.layout.shown[popup.place.column] ?? 0;
    return (
      <GridMenu
        at={cellPlace(popup, geometry, scroll, headHeight)}
        items={cellMenuItems(column, props.value, {
          copy: props.copy,
          inspect: props.inspect,
          filter: (filter) => onView(addFilter(view, filter)),
        })}
        labelledBy={gridId}
        onClose={close}
      />
    );
  }
  const { place } = popup;
  const column = shape.layout.shown[place] ?? 0;
  const left = geometry.leftOf(place);
  if (popup.kind === "filter") {
    return (
      <FilterForm
        at={{ left: Math.max(0, Math.min(left, scroll.width - FORM_WIDTH)), top: headHeight }}
        column={column}
        description={columns[column] ?? { name: "", type: "" }}
        key={column}
        onApply={(filter) => {
          onView(addFilter(view, filter));
          close();
        }}
        onClose={close}
      />
    );
  }
  return (
    <GridMenu
      at={{ left, top: 0, width: shape.layout.widths[place] ?? 0, height: headHeight - 8 }}
      items={headMenuItems(
        { columns, column, view, isPinned: place < shape.layout.pinned, hidden: shape.hidden },
        {
          sort: (descending) => onView(sortBy(view, column, descending)),
          dropSort: () => onView(removeSort(view, column)),
          filter: () => queueMicrotask(() => onPopup({ kind: "filter", place })),
          dropFilters: () =>
            onView({ ...view, filters: view.filters.filter((filter) => filter.column !== column) }),
          togglePinned: () => shape.togglePinned(column),
          hide: () => shape.hide(column),
          show: shape.show,
          showAll: shape.showAll,
          move: (step) => shape.move(place, place + step),
          fit: () => props.fit(place),
          copyName: () =>
            void navigator.clipboard
              .writeText(columns[column]?.name ?? "")
              .then(() => toastDone("The name is on the clipboard")),
        },
      )}
      labelledBy={gridId}
      onClose={close}
    />
  );
}

function cellPlace(
  { place, point }: { place: Place; point?: { x: number; y: number } },
  geometry: GridGeometry,
  scroll: ScaledScroll,
  headHeight: number,
) {
  const box = scroll.element.current?.getBoundingClientRect();
  if (point !== undefined && box !== undefined) {
    return { left: point.x - box.left, top: point.y - box.top, width: 1, height: 1 };
  }
  return {
    left: Math.max(0, geometry.leftOf(place.column)),
    top: headHeight + place.row * ROW_HEIGHT - scroll.top,
    width: 1,
    height: ROW_HEIGHT,
  };
}
