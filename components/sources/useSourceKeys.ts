"use client";

import { useEffect, useRef } from "react";

export type SourceKeys = { onSync: () => void; onBack: () => void };

/** Ctrl Enter starts a sync; Esc backs out one level. Not while a dialog or a menu has the keyboard. */
export function useSourceKeys(keys: SourceKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    // The keyboard, for the whole document.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (document.querySelector("[role=dialog], [role=menu], [role=alertdialog]") !== null) return;
      if (event.key === "Escape") latest.current.onBack();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.onSync();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
