"use client";

import { SunMoon } from "lucide-react";
import { Menu } from "@/components/ui/Menu";
import { type ThemeChoice, useTheme } from "./useTheme";

const CHOICES: { value: ThemeChoice; label: string }[] = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
];

/** Light, dark, or as the system says. */
export function ThemeMenu() {
  const { choice, choose } = useTheme();
  return (
    <Menu
      items={CHOICES.map(({ value, label }) => ({
        kind: "action",
        key: value,
        label,
        isChecked: choice === value,
        onSelect: () => choose(value),
      }))}
      trigger={
        <button
          aria-label="Theme"
          className="inline-flex size-[26px] items-center justify-center rounded-2 text-ink-2 hover:bg-hover hover:text-ink"
          type="button"
        >
          <SunMoon aria-hidden="true" size={16} strokeWidth={1.75} />
        </button>
      }
    />
  );
}
