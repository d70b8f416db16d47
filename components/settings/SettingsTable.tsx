import type { ReactNode } from "react";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";

export const CELL = "border-line border-b px-3 py-1.5 align-middle";

/** A plain table of a settings section. */
export function SettingsTable({ heads, children }: { heads: Head[]; children: ReactNode }) {
  return (
    <table className="w-full text-left">
      <thead className="text-12 text-ink-2">
        <HeaderRow heads={heads} />
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
