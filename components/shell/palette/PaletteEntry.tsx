import { Command } from "cmdk";
import type { ReactNode } from "react";

/** Of the heading that cmdk draws itself. */
export const PALETTE_GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-2";

export type PaletteEntryProps = {
  /** What typing is compared with. */
  value: string;
  hint?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
};

export function PaletteEntry({ value, hint, onSelect, children }: PaletteEntryProps) {
  return (
    <Command.Item
      className="flex h-7 cursor-pointer items-center gap-2 px-3 data-[selected=true]:bg-select data-[selected=true]:shadow-[inset_3px_0_0_var(--accent)]"
      onSelect={onSelect}
      value={value}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2 truncate">{children}</span>
      {hint !== undefined && <span className="shrink-0 text-12 text-ink-2">{hint}</span>}
    </Command.Item>
  );
}
