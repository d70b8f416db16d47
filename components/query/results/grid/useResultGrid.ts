"use client";

import {
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { ResultView } from "@/domain/query/result-view";
import { useColumns } from "../columns/useColumns";
import type { CopyFormat } from "../copy/copy-text";
import { useCopy } from "../copy/useCopy";
import { prepareHeadProfile } from "../head/prepare-head-profile";
import { useHeadDrag } from "../head/useHeadDrag";
import type { Popup } from "../menu/GridPopups";
import type { ResultSource } from "../result-source";
import { useRowStore } from "../rows/useRowStore";
import { type Selection, selectCell, selectColumns } from "../select/selection";
import { useGridSelection } from "../select/useGridSelection";
import { usePointerSelection } from "../select/usePointerSelection";
import { useResultExtent } from "../useResultExtent";
import { cycleSort } from "../view/change-view";
import { ROW_HEIGHT } from "./GridRow";
import { rightAlignedOf, useGridGeometry } from "./useGridGeometry";
import { useGridKeys } from "./useGridKeys";
import { useScaledScroll } from "./useScaledScroll";

const HEAD_HEIGHT = 38;
const PROFILED_HEAD_HEIGHT = 76;

/** What others may have the grid do. */
export type GridHandle = {
  /** Brings a row into view, counted from 0, and gives it the focus. */
  goToRow: (row: number) => void;
  copy: (format: CopyFormat, hasNames: boolean) => void;
  focus: () => void;
};

export type ResultGridProps = {
  label: string;
  source: ResultSource;
  /** The view that `source` shows, and how to ask for another. */
  view: ResultView;
  onView: (view: ResultView) => void;
  profiles?: ReadonlyMap<number, ColumnProfile> | undefined;
  /** Told the columns in view, pinned ones included, by their places in the result. */
  onSeeColumns?: ((columns: readonly number[]) => void) | undefined;
  onSelection?: (selection: Selection) => void;
  /** Drawn in place of rows where there are none. */
  empty: ReactNode;
  ref?: Ref<GridHandle>;
};

/** The state of a grid and what its parts do to it. */
export function useResultGrid(props: ResultGridProps) {
  const { source, view, onView, profiles, onSeeColumns, onSelection, ref } = props;
  const gridId = useId();
  const { columns } = source;
  const { rows, isComplete } = useResultExtent(source);
  const store = useRowStore(source);
  const shape = useColumns(columns);
  const { layout } = shape;
  const heads = useMemo(
    () =>
      profiles && new Map([...profiles].map(([column, profile]) => [column, prepareHeadProfile(profile)])),
    [profiles],
  );
  const headHeight = profiles === undefined ? HEAD_HEIGHT : PROFILED_HEAD_HEIGHT;
  const scroll = useScaledScroll(rows, ROW_HEIGHT, headHeight);
  const geometry = useGridGeometry(scroll, layout, rows, headHeight);
  const size = { rows, columns: layout.shown.length };
  const { selection, select } = useGridSelection(size, onSelection);
  const { active } = selection;
  const [hasFocus, setFocus] = useState(false);
  const [popup, setPopup] = useState<Popup | null>(null);
  const [isInspecting, setInspecting] = useState(false);
  const rightAligned = useMemo(() => rightAlignedOf(columns), [columns]);
  const { copySelection } = useCopy(source, selection, layout);
  const columnOf = (place: number): number => layout.shown[place] ?? 0;

  const { firstRow, endRow, first, end } = geometry;
  useEffect(() => {
    // What the heads tell of these columns is counted by the engine.
    onSeeColumns?.([...layout.shown.slice(0, layout.pinned), ...layout.shown.slice(first, end)]);
  }, [onSeeColumns, layout, first, end]);
  useEffect(() => {
    // Asks for the rows in view once they are known.
    store?.want(firstRow, endRow);
  }, [store, firstRow, endRow]);

  const fitted = useRef<readonly unknown[] | null>(null);
  useLayoutEffect(() => {
    // The first rows of other columns say how wide they should be; this happens once, before they are drawn.
    if (fitted.current === columns || store === null || store.row(firstRow) === null) return;
    fitted.current = columns;
    shape.fitFirst(firstRow, endRow, store);
  });

  const toStart = useRef(scroll.scrollTo);
  toStart.current = scroll.scrollTo;
  useLayoutEffect(() => {
    // Another view of the result is read from its beginning: `source` names the rows that the bar stands for.
    void source;
    toStart.current(0);
  }, [source]);

  const goTo = (place: { row: number; column: number }, at: "nearest" | "middle" = "nearest") => {
    if (place.row >= 0) scroll.showRow(place.row, at);
    geometry.showColumn(place.column);
  };
  const sort = (place: number, isMore: boolean) => onView(cycleSort(view, columnOf(place), isMore));
  const openHeadMenu = (place: number) => {
    geometry.showColumn(place);
    setPopup({ kind: "head", place });
  };
  const focus = () => scroll.element.current?.focus({ preventScroll: true });
  useImperativeHandle(ref, () => ({
    goToRow: (row) => {
      const target = { row: Math.min(Math.max(0, row), rows - 1), column: active.column };
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
    inspect: () => setInspecting(true),
    close: () => setInspecting(false),
    isInspecting,
    sort,
    menu: () => (active.row < 0 ? openHeadMenu(active.column) : setPopup({ kind: "cell", place: active })),
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
  const fit = (place: number) => shape.fit(place, firstRow, endRow, store);
  return {
    gridId,
    size,
    rows,
    isComplete,
    store,
    shape,
    layout,
    heads,
    headHeight,
    scroll,
    geometry,
    selection,
    select,
    hasFocus,
    setFocus,
    popup,
    setPopup,
    isInspecting,
    setInspecting,
    rightAligned,
    copySelection,
    columnOf,
    focus,
    openHeadMenu,
    onKeyDown,
    head,
    pointer,
    fit,
  };
}
