"use client";

import { type PointerEvent, useRef } from "react";
import {
  addCell,
  extendTo,
  type GridSize,
  type Place,
  type Selection,
  selectCell,
  selectRows,
} from "./selection";

export type PointerSelectionOptions = {
  size: GridSize;
  /** The cell under a point of the window; the nearest one past the edges. */
  placeAt: (clientX: number, clientY: number) => Place;
  /** Scrolls by so many rows while a drag is held past an edge. */
  rowsPastEdge: (clientY: number) => number;
  scrollBy: (rows: number) => void;
  change: (next: (selection: Selection) => Selection) => void;
};

const STEP_MS = 40;

/** Selecting with the mouse: press, drag, Shift extends, Ctrl adds; row numbers select whole rows. */
export function usePointerSelection(options: PointerSelectionOptions) {
  const latest = useRef(options);
  latest.current = options;

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const target = event.target as HTMLElement;
    const gutter = target.closest("[data-gutter]");
    if (gutter === null && target.closest("[data-cell]") === null) return;
    const { placeAt, change, size } = latest.current;
    const start = placeAt(event.clientX, event.clientY);
    const isMore = event.ctrlKey || event.metaKey;
    const isRows = gutter !== null;
    change((selection) => {
      if (isRows) {
        return selectRows(
          selection,
          event.shiftKey ? selection.anchor.row : start.row,
          start.row,
          size,
          isMore,
        );
      }
      if (event.shiftKey) return extendTo(selection, start);
      return isMore ? addCell(selection, start) : selectCell(start);
    });
    followDrag(event, latest, isRows ? start.row : null);
  };
  return { onPointerDown };
}

/** Draws the last range to where the pointer is, and goes on past the edges. */
function followDrag(
  event: PointerEvent<HTMLElement>,
  latest: { current: PointerSelectionOptions },
  anchorRow: number | null,
) {
  const node = event.currentTarget;
  node.setPointerCapture(event.pointerId);
  let x = event.clientX;
  let y = event.clientY;
  let last: Place | null = null;
  const draw = () => {
    const { placeAt, change, size } = latest.current;
    const place = placeAt(x, y);
    if (last !== null && last.row === place.row && last.column === place.column) return;
    const isFirst = last === null;
    last = place;
    if (isFirst) return;
    change((selection) => {
      if (anchorRow === null) return extendTo(selection, place);
      const others = { ...selection, ranges: selection.ranges.slice(0, -1) };
      return selectRows(others, anchorRow, place.row, size, true);
    });
  };
  draw();
  const timer = setInterval(() => {
    const rows = latest.current.rowsPastEdge(y);
    if (rows === 0) return;
    latest.current.scrollBy(rows);
    draw();
  }, STEP_MS);
  const onMove = (move: globalThis.PointerEvent) => {
    x = move.clientX;
    y = move.clientY;
    draw();
  };
  const stop = () => {
    clearInterval(timer);
    node.removeEventListener("pointermove", onMove);
    node.removeEventListener("pointerup", stop);
    node.removeEventListener("pointercancel", stop);
  };
  node.addEventListener("pointermove", onMove);
  node.addEventListener("pointerup", stop);
  node.addEventListener("pointercancel", stop);
}
