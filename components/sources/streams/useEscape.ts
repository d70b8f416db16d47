"use client";

import { useEffect, useRef } from "react";

/** Calls `onEscape` when Esc is pressed and no dialog or menu has the keyboard. Null listens to nothing. */
export function useEscape(onEscape: (() => void) | null): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  const isOn = onEscape !== null;
  useEffect(() => {
    // The keyboard, for the whole document.
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector("[role=dialog], [role=menu], [role=alertdialog]") === null)
        latest.current?.();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isOn]);
}
