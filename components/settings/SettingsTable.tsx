import type { ReactNode } from "react";

export const CELL = "border-line border-b px-3 py-1.5 align-middle";

/** A plain table of a settings section. A head in parentheses is for screen readers only. */
export function SettingsTable({ heads, children }: { heads: string[]; children: ReactNode }) {
  return (
    <table className="w-full text-left">
      <thead className="text-12 text-ink-2">
        <tr>
          {heads.map((head) => (
            <th className="border-line-2 border-b px-3 py-1.5 font-semibold" key={head} scope="col">
              {head.startsWith("(") ? <span className="sr-only">{head.slice(1, -1)}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
