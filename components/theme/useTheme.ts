"use client";

import { useCallback, useEffect, useState } from "react";
import { THEME_KEY } from "./theme-script";

export type ThemeChoice = "light" | "dark" | "system";

const DARK = "(prefers-color-scheme: dark)";

function keptChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

function paint(choice: ThemeChoice) {
  const isDark = choice === "dark" || (choice === "system" && window.matchMedia(DARK).matches);
  document.documentElement.setAttribute("data-theme", isDark ? "dark" : "light");
}

/** The kept choice of theme, and a way to change it. `choice` is null until the page is live. */
export function useTheme() {
  const [choice, setChoice] = useState<ThemeChoice | null>(null);
  useEffect(() => {
    // The browser's storage and the system's preference.
    setChoice(keptChoice());
    const media = window.matchMedia(DARK);
    const follow = () => paint(keptChoice());
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, []);
  const choose = useCallback((next: ThemeChoice) => {
    try {
      localStorage.setItem(THEME_KEY, next);
    } catch {
      // Storage is switched off: the choice lasts until the page is left.
    }
    setChoice(next);
    paint(next);
  }, []);
  return { choice, choose };
}
