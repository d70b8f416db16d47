"use client";

import { useSyncExternalStore } from "react";
import type { ResultSource } from "./result-source";

/** How many rows a result has now, and whether that is all; draws anew as it grows. */
export function useResultExtent(source: ResultSource): { rows: number; isComplete: boolean } {
  const rows = useSyncExternalStore(
    source.subscribe,
    () => source.rows,
    () => source.rows,
  );
  const isComplete = useSyncExternalStore(
    source.subscribe,
    () => source.isComplete,
    () => source.isComplete,
  );
  return { rows, isComplete };
}
