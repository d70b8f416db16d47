"use client";

import { useMemo, useState } from "react";
import type { ResultColumn } from "@/domain/query/result-column";
import { prepareColumnCell } from "../cells/prepare-result-cell";
import type { RowStore } from "../rows/row-store";
import {
  type ColumnLayout,
  type ColumnState,
  firstColumnState,
  firstWidths,
  fittingWidth,
  hideColumn,
  layOutColumns,
  moveColumn,
  resizeColumn,
  showColumn,
  togglePinned,
  withFirstWidths,
} from "./column-layout";
import { textWidth } from "./text-width";

export type Columns = {
  layout: ColumnLayout;
  /** Places in the result. */
  hidden: number[];
  resize: (place: number, width: number) => void;
  resizeBy: (place: number, step: 1 | -1) => void;
  /** As wide as the values of the given rows. */
  fit: (place: number, firstRow: number, endRow: number, store: RowStore | null) => void;
  /** Widths of the columns from their first rows, once they are here. */
  fitFirst: (firstRow: number, endRow: number, store: RowStore) => void;
  move: (from: number, to: number) => void;
  togglePinned: (column: number) => void;
  hide: (column: number) => void;
  show: (column: number) => void;
  showAll: () => void;
};

const STEP_PX = 16;
/** Columns whose first values are looked at; those behind have the width of their type. */
const MOST_FITTED = 60;

function widestOf(column: number, firstRow: number, endRow: number, store: RowStore): number {
  let widest = 0;
  for (let row = firstRow; row < endRow; row += 1) {
    const found = store.row(row);
    if (found === null) continue;
    widest = Math.max(widest, textWidth(prepareColumnCell(found.table.getChildAt(column), found.at).text));
  }
  return widest;
}

/** Order, widths and pins of a result's columns; they begin anew with other columns. */
export function useColumns(columns: readonly ResultColumn[]): Columns {
  const [kept, setKept] = useState<{ columns: readonly ResultColumn[]; state: ColumnState } | null>(null);
  const fresh = useMemo(() => firstColumnState(columns), [columns]);
  const state = kept?.columns === columns ? kept.state : fresh;
  const layout = useMemo(() => layOutColumns(state, columns), [state, columns]);
  const change = (next: (state: ColumnState) => ColumnState) =>
    setKept((old) => ({ columns, state: next(old?.columns === columns ? old.state : fresh) }));
  const columnOf = (place: number): number => layout.shown[place] ?? -1;
  const resize = (place: number, width: number) => change((old) => resizeColumn(old, columnOf(place), width));
  return {
    layout,
    hidden: columns.flatMap((_, column) => (layout.shown.includes(column) ? [] : [column])),
    resize,
    resizeBy: (place, step) => resize(place, (layout.widths[place] ?? 0) + step * STEP_PX),
    fit: (place, firstRow, endRow, store) => {
      const column = columnOf(place);
      const widest = store === null ? 0 : widestOf(column, firstRow, endRow, store);
      resize(place, fittingWidth(columns[column] ?? { name: "", type: "" }, widest));
    },
    fitFirst: (firstRow, endRow, store) => {
      const widest = columns
        .slice(0, MOST_FITTED)
        .map((_, column) => [column, widestOf(column, firstRow, endRow, store)] as const);
      const widths = firstWidths(columns, new Map(widest));
      change((old) => withFirstWidths(old, widths));
    },
    move: (from, to) => change((old) => moveColumn(old, from, to)),
    togglePinned: (column) => change((old) => togglePinned(old, column)),
    hide: (column) => change((old) => hideColumn(old, column)),
    show: (column) => change((old) => showColumn(old, column)),
    showAll: () => change((old) => ({ ...fresh, widths: old.widths })),
  };
}
