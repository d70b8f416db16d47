"use client";

import { type KeyboardEvent, type RefObject, useRef, useState } from "react";

/** One tab stop in a grid of `rows` × `columns` cells; arrows, Home, End and Ctrl with them move it. */
export function useGridFocus(
  rows: number,
  columns: number,
): {
  grid: RefObject<HTMLTableElement | null>;
  tabIndexOf: (row: number, column: number) => 0 | -1;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (row: number, column: number) => void;
} {
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const row = Math.min(at.row, Math.max(0, rows - 1));
  const move = (nextRow: number, nextColumn: number) => {
    const target = {
      row: Math.min(Math.max(0, nextRow), rows - 1),
      column: Math.min(Math.max(0, nextColumn), columns - 1),
    };
    setAt(target);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${target.row}:${target.column}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event, { row, column: at.column }, { rows, columns });
    if (target === null) return;
    event.preventDefault();
    move(target.row, target.column);
  };
  return {
    grid,
    tabIndexOf: (r, c) => (r === row && c === at.column ? 0 : -1),
    onKeyDown,
    onFocus: (r, c) => setAt({ row: r, column: c }),
  };
}

type Place = { row: number; column: number };

function targetOf(
  event: KeyboardEvent,
  { row, column }: Place,
  size: { rows: number; columns: number },
): Place | null {
  switch (event.key) {
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "Home":
      return { row: event.ctrlKey ? 0 : row, column: 0 };
    case "End":
      return { row: event.ctrlKey ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return null;
  }
}
