"use client";

import { type Ref, useImperativeHandle } from "react";
import type { ResultView } from "@/domain/query/result-view";
import type { CopyFormat } from "../copy/copy-text";
import { useCopy } from "../copy/useCopy";
import { useHeadDrag } from "../head/useHeadDrag";
import type { ResultSource } from "../result-source";
import { type Place, type Selection, selectCell, selectColumns } from "../select/selection";
import { usePointerSelection } from "../select/usePointerSelection";
import { cycleSort } from "../view/change-view";
import { ROW_HEIGHT } from "./GridRow";
import type { GridFrame } from "./useGridFrame";
import { useGridKeys } from "./useGridKeys";
import type { GridOverlays } from "./useGridOverlays";

/** What others may have the grid do. */
export type GridHandle = {
  /** Brings a row into view, counted from 0, and gives it the focus. */
  goToRow: (row: number) => void;
  copy: (format: CopyFormat, hasNames: boolean) => void;
  focus: () => void;
};

export type GridActsOptions = {
  source: ResultSource;
  view: ResultView;
  onView: (view: ResultView) => void;
  ref: Ref<GridHandle> | undefined;
  frame: GridFrame;
  selection: Selection;
  select: (next: (selection: Selection) => Selection) => void;
  overlays: GridOverlays;
};

/** What keys, pointer and other parts do to a grid. */
export function useGridActs(options: GridActsOptions) {
  const { source, view, onView, ref, frame, selection, select, overlays } = options;
  const { size, shape, scroll, geometry, columnOf } = frame;
  const { layout } = shape;
  const { active } = selection;
  const { copySelection } = useCopy(source, selection, layout);

  const goTo = (place: Place, at: "nearest" | "middle" = "nearest") => {
    if (place.row >= 0) scroll.showRow(place.row, at);
    geometry.showColumn(place.column);
  };
  const sort = (place: number, isMore: boolean) => onView(cycleSort(view, columnOf(place), isMore));
  const openHeadMenu = (place: number) => {
    geometry.showColumn(place);
    overlays.setPopup({ kind: "head", place });
  };
  const focus = () => scroll.element.current?.focus({ preventScroll: true });
  useImperativeHandle(ref, () => ({
    goToRow: (row) => {
      const target = { row: Math.min(Math.max(0, row), size.rows - 1), column: active.column };
      select(() => selectCell(target));
      goTo(target, "middle");
      focus();
    },
    copy: copySelection,
    focus,
  }));

  const onKeyDown = useGridKeys({
    selection,
    size,
    rowsAPage: Math.max(1, Math.floor(scroll.scale.viewHeight / ROW_HEIGHT) - 1),
    select,
    show: goTo,
    copy: () => copySelection("tsv", false),
    inspect: () => overlays.setInspecting(true),
    close: () => overlays.setInspecting(false),
    isInspecting: overlays.isInspecting,
    sort,
    menu: () =>
      active.row < 0 ? openHeadMenu(active.column) : overlays.setPopup({ kind: "cell", place: active }),
    resize: (place, step) => shape.resizeBy(place, step),
    reorder: (place, step) => {
      shape.move(place, place + step);
      select(() => selectCell({ row: -1, column: Math.min(size.columns - 1, Math.max(0, place + step)) }));
    },
  });
  const head = useHeadDrag({
    layout,
    placeUnder: geometry.placeUnder,
    onPress: (place, event) => {
      focus();
      if (event.ctrlKey || event.metaKey) select((old) => selectColumns(old, place, place, size));
      else sort(place, event.shiftKey);
    },
    onMove: shape.move,
    onResize: shape.resize,
  });
  const pointer = usePointerSelection({
    size,
    placeAt: geometry.placeAt,
    rowsPastEdge: geometry.rowsPastEdge,
    scrollBy: (count) => scroll.scrollTo(scroll.top + count * ROW_HEIGHT),
    change: select,
  });
  return { copySelection, focus, openHeadMenu, onKeyDown, head, pointer };
}
