"use client";

import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { useColumns } from "../columns/useColumns";
import { prepareHeadProfile } from "../head/prepare-head-profile";
import type { ResultSource } from "../result-source";
import { useRowStore } from "../rows/useRowStore";
import type { GridSize } from "../select/selection";
import { useResultExtent } from "../useResultExtent";
import { ROW_HEIGHT } from "./GridRow";
import { rightAlignedOf, useGridGeometry } from "./useGridGeometry";
import { useScaledScroll } from "./useScaledScroll";

const HEAD_HEIGHT = 38;
const PROFILED_HEAD_HEIGHT = 76;

export type GridFrameOptions = {
  source: ResultSource;
  profiles?: ReadonlyMap<number, ColumnProfile> | undefined;
  /** Told the columns in view, pinned ones included, by their places in the result. */
  onSeeColumns?: ((columns: readonly number[]) => void) | undefined;
};

/** What of a result is in view, and where: its rows, its columns, the scroll. Asks for the rows in view. */
export function useGridFrame({ source, profiles, onSeeColumns }: GridFrameOptions) {
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
  const rightAligned = useMemo(() => rightAlignedOf(columns), [columns]);

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

  const size: GridSize = { rows, columns: layout.shown.length };
  return {
    size,
    isComplete,
    store,
    shape,
    heads,
    headHeight,
    scroll,
    geometry,
    rightAligned,
    /** The column of the result that stands at a place of the grid. */
    columnOf: (place: number): number => layout.shown[place] ?? 0,
    fit: (place: number) => shape.fit(place, firstRow, endRow, store),
  };
}

export type GridFrame = ReturnType<typeof useGridFrame>;
