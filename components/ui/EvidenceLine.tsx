import type { ReactNode } from "react";

/** The 26 px footer of every page: where what is shown comes from. `right` holds facts, separated by hairlines. */
export function EvidenceLine({
  children,
  right = [],
}: {
  children: ReactNode;
  right?: { key: string; text: ReactNode }[];
}) {
  return (
    <footer className="flex min-h-[26px] shrink-0 flex-wrap items-center gap-x-2 border-line-2 border-t bg-bg px-3 text-12 text-ink-2">
      <span className="flex min-w-0 items-center gap-1.5 truncate">{children}</span>
      <span className="ml-auto flex whitespace-nowrap">
        {right.map(({ key, text }) => (
          <span className="border-line-2 border-l px-2 last:pr-0" key={key}>
            {text}
          </span>
        ))}
      </span>
    </footer>
  );
}
