"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { ResultSource } from "../result-source";
import { type RowStore, rowStore } from "./row-store";

const NOTHING = () => () => {};

/** The rows of a source that were read; draws anew as they come. Null until the first effect. */
export function useRowStore(source: ResultSource): RowStore | null {
  const [kept, setKept] = useState<{ source: ResultSource; store: RowStore } | null>(null);
  useEffect(() => {
    // Requests are under way as long as the grid shows this source.
    const store = rowStore(source);
    setKept({ source, store });
    return () => store.close();
  }, [source]);
  const store = kept?.source === source ? kept.store : null;
  useSyncExternalStore(
    store?.subscribe ?? NOTHING,
    () => store?.version() ?? -1,
    () => -1,
  );
  return store;
}
