"use client";

import type { KeyboardEvent } from "react";
import { readGridKey } from "../select/read-grid-key";
import {
  extendTo,
  type GridSize,
  type Place,
  type Selection,
  selectAll,
  selectCell,
  selectColumns,
  selectRows,
} from "../select/selection";

export type GridKeyActs = {
  selection: Selection;
  size: GridSize;
  rowsAPage: number;
  select: (next: (selection: Selection) => Selection) => void;
  show: (place: Place, at: "nearest" | "middle") => void;
  copy: () => void;
  inspect: () => void;
  close: () => void;
  isInspecting: boolean;
  sort: (place: number, isMore: boolean) => void;
  menu: () => void;
  resize: (place: number, step: 1 | -1) => void;
  reorder: (place: number, step: 1 | -1) => void;
};

/** The keys of the grid itself; keys of controls inside it are theirs. */
export function useGridKeys(acts: GridKeyActs): (event: KeyboardEvent<HTMLElement>) => void {
  const { selection, size, rowsAPage } = acts;
  const { active } = selection;
  return (event) => {
    if (
      event.target !== event.currentTarget &&
      (event.target as HTMLElement).closest("input, select") !== null
    ) {
      return;
    }
    const act = readGridKey(event, { active, size, rowsAPage });
    if (act === null || (act.kind === "close" && !acts.isInspecting)) return;
    // The browser's own text selection is copied as it is.
    if (act.kind === "copy" && selection.ranges.length === 0) return;
    event.preventDefault();
    switch (act.kind) {
      case "move":
        acts.select((old) => (act.isExtending ? extendTo(old, act.to) : selectCell(act.to)));
        acts.show(act.to, "nearest");
        return;
      case "select_all":
        acts.select((old) => selectAll(old, size));
        return;
      case "select_row":
        acts.select((old) => selectRows(old, active.row, active.row, size, false));
        return;
      case "select_column":
        acts.select((old) => selectColumns(old, active.column, active.column, size));
        return;
      case "sort":
        acts.sort(active.column, act.isMore);
        return;
      case "resize":
      case "reorder":
        acts[act.kind](active.column, act.step);
        return;
      default:
        acts[act.kind]();
    }
  };
}
