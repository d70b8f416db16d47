"use client";

import { useCallback, useState } from "react";

export type PanelSize = {
  size: number;
  least: number;
  most: number;
  set: (size: number) => void;
  reset: () => void;
};

const KEY = "benchwright-query-panel-";

function keptSize(name: string): number | null {
  try {
    const kept = Number(localStorage.getItem(KEY + name));
    return Number.isFinite(kept) && kept > 0 ? kept : null;
  } catch {
    return null;
  }
}

/** The size of a panel in pixels, kept in this browser. */
export function usePanelSize(name: string, usual: number, [least, most]: [number, number]): PanelSize {
  const [size, setSize] = useState(() => keptSize(name) ?? usual);
  const set = useCallback(
    (next: number) => {
      const fit = Math.round(Math.max(least, Math.min(most, next)));
      setSize(fit);
      try {
        localStorage.setItem(KEY + name, String(fit));
      } catch {
        // Storage is switched off: the size lasts until the page is left.
      }
    },
    [name, least, most],
  );
  const reset = useCallback(() => set(usual), [set, usual]);
  return { size, least, most, set, reset };
}
