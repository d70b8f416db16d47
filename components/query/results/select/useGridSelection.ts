"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { FIRST_CELL, type GridSize, type Selection, withinSize } from "./selection";

/** What is selected in a grid; never beyond its size. Tells `onChange` after every change. */
export function useGridSelection(
  { rows, columns }: GridSize,
  onChange: ((selection: Selection) => void) | undefined,
): { selection: Selection; select: (next: (selection: Selection) => Selection) => void } {
  const [given, setGiven] = useState<Selection>(FIRST_CELL);
  const selection = useMemo(() => withinSize(given, { rows, columns }), [given, rows, columns]);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    // Whoever shows the size of the selection outside the grid.
    tell.current?.(selection);
  }, [selection]);
  return { selection, select: setGiven };
}
