"use client";

import { useMemo, useState } from "react";
import type { ResultColumn } from "@/domain/query/result-column";
import { prepareColumnCell } from "../cells/prepare-result-cell";
import type { RowStore } from "../rows/row-store";
import {
  type ColumnLayout,
  type ColumnState,
  firstColumnState,
  fittingWidth,
  hideColumn,
  layOutColumns,
  moveColumn,
  resizeColumn,
  showColumn,
  togglePinned,
} from "./column-layout";

export type Columns = {
  layout: ColumnLayout;
  /** Places in the result. */
  hidden: number[];
  resize: (place: number, width: number) => void;
  resizeBy: (place: number, step: 1 | -1) => void;
  /** As wide as the values of the given rows. */
  fit: (place: number, firstRow: number, endRow: number, store: RowStore | null) => void;
  move: (from: number, to: number) => void;
  togglePinned: (column: number) => void;
  hide: (column: number) => void;
  show: (column: number) => void;
  showAll: () => void;
};

const STEP_PX = 16;

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
      const texts: string[] = [];
      for (let row = firstRow; row < endRow; row += 1) {
        const found = store?.row(row) ?? null;
        if (found !== null) texts.push(prepareColumnCell(found.table.getChildAt(column), found.at).text);
      }
      resize(place, fittingWidth(columns[column] ?? { name: "", type: "" }, texts));
    },
    move: (from, to) => change((old) => moveColumn(old, from, to)),
    togglePinned: (column) => change((old) => togglePinned(old, column)),
    hide: (column) => change((old) => hideColumn(old, column)),
    show: (column) => change((old) => showColumn(old, column)),
    showAll: () => change((old) => ({ ...fresh, widths: old.widths })),
  };
}
