"use client";

import { useMemo } from "react";
import { columnKind, isNumber } from "@/domain/query/compile/column-kind";
import type { ResultColumn } from "@/domain/query/result-column";
import { type ColumnLayout, columnAt, columnsBetween } from "../columns/column-layout";
import type { Place } from "../select/selection";
import { ROW_HEIGHT } from "./GridRow";
import { RULER_WIDTH } from "./RowRuler";
import { rowAtTop } from "./scroll-scale";
import type { ScaledScroll } from "./useScaledScroll";

const OVERSCAN_ROWS = 3;
const DIGIT = 7;
/** Rows are placed from the last multiple of this, so that their places stay small and the same while one scrolls. */
const LAYER_ROWS = 10_000;

export const gutterWidth = (rows: number): number => {
  const digits = String(Math.max(1, rows)).length;
  return Math.max(46, Math.ceil((digits + Math.floor((digits - 1) / 3) * 0.5) * DIGIT) + 18);
};

const tracksOf = (widths: readonly number[]): string => widths.map((width) => `${width}px`).join(" ");

/** What of the grid is in view, and which cell lies where. */
export function useGridGeometry(
  scroll: ScaledScroll,
  layout: ColumnLayout,
  rows: number,
  headHeight: number,
) {
  const gutter = gutterWidth(rows);
  const columnsWidth = Math.max(0, scroll.width - gutter - layout.pinnedWidth - RULER_WIDTH);
  const { first, end } = columnsBetween(layout, scroll.left, scroll.left + columnsWidth);
  const { row: topRow } = rowAtTop(scroll.scale, scroll.top);
  const firstRow = Math.max(0, topRow - OVERSCAN_ROWS);
  const endRow = Math.min(rows, topRow + Math.ceil(scroll.scale.viewHeight / ROW_HEIGHT) + 1 + OVERSCAN_ROWS);
  /** Rows drawn at most: as many elements are used again and again. */
  const pool = Math.ceil(scroll.scale.viewHeight / ROW_HEIGHT) + 2 + 2 * OVERSCAN_ROWS;
  const layerRow = Math.floor(firstRow / LAYER_ROWS) * LAYER_ROWS;
  const pinnedTracks = useMemo(() => tracksOf(layout.widths.slice(0, layout.pinned)), [layout]);
  const tracks = useMemo(() => tracksOf(layout.widths.slice(first, end)), [layout, first, end]);

  const placeUnder = (clientX: number): number => {
    const x = clientX - (scroll.element.current?.getBoundingClientRect().left ?? 0) - gutter;
    if (x < layout.pinnedWidth) {
      const place = layout.lefts.findLastIndex((left, index) => index < layout.pinned && left <= x);
      return Math.max(0, place);
    }
    return columnAt(layout, x - layout.pinnedWidth + scroll.left);
  };
  const yOf = (clientY: number): number =>
    clientY - (scroll.element.current?.getBoundingClientRect().top ?? 0) - headHeight;
  const placeAt = (clientX: number, clientY: number): Place => ({
    row: Math.min(rows - 1, Math.max(0, Math.floor((scroll.top + yOf(clientY)) / ROW_HEIGHT))),
    column: placeUnder(clientX),
  });
  return {
    gutter,
    columnsWidth,
    first,
    end,
    firstRow,
    endRow,
    pool,
    layerRow,
    layerY: layerRow * ROW_HEIGHT - scroll.top,
    columnsX: (layout.lefts[first] ?? 0) - scroll.left,
    pinnedTracks,
    tracks,
    placeUnder,
    placeAt,
    rowsPastEdge: (clientY: number): number => {
      const y = yOf(clientY);
      if (y < 0) return Math.floor(y / ROW_HEIGHT);
      const past = y - scroll.scale.viewHeight;
      return past > 0 ? Math.ceil(past / ROW_HEIGHT) : 0;
    },
    /** Where a shown column and its head lie, from the grid's left edge. */
    leftOf: (place: number): number =>
      gutter + (layout.lefts[place] ?? 0) + (place < layout.pinned ? 0 : layout.pinnedWidth - scroll.left),
    showColumn: (place: number) => {
      if (place < layout.pinned) return;
      const left = layout.lefts[place] ?? 0;
      const right = left + (layout.widths[place] ?? 0);
      if (left < scroll.left) scroll.scrollToLeft(left);
      else if (right > scroll.left + columnsWidth) scroll.scrollToLeft(Math.min(left, right - columnsWidth));
    },
  };
}

/** Columns whose values stand at the right. */
export const rightAlignedOf = (columns: readonly ResultColumn[]): ReadonlySet<number> =>
  new Set(columns.flatMap(({ type }, index) => (isNumber(columnKind(type)) ? [index] : [])));

export type GridGeometry = ReturnType<typeof useGridGeometry>;
