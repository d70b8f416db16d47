"use client";

import { SunMoon } from "lucide-react";
import { type ThemeChoice, useTheme } from "./useTheme";

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const WORDS: Record<ThemeChoice, string> = { system: "as the system", light: "light", dark: "dark" };

/** Goes round light, dark and as the system: one press each. For pages that carry no menu. */
export function ThemeButton() {
  const { choice, choose } = useTheme();
  const current = choice ?? "system";
  return (
    <button
      className="inline-flex h-[26px] items-center gap-1.5 rounded-2 px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink"
      onClick={() => choose(NEXT[current])}
      type="button"
    >
      <SunMoon aria-hidden="true" size={16} strokeWidth={1.75} />
      Theme: {WORDS[current]}
    </button>
  );
}
