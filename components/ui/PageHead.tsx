import type { ReactNode } from "react";

export type PageHeadProps = {
  title: ReactNode;
  /** Facts beside the title. */
  meta?: ReactNode;
  /** Tabs or the like, after the facts. */
  children?: ReactNode;
  actions?: ReactNode;
};

/** The 40 px head of a page. Holds the page's one h1. */
export function PageHead({ title, meta, children, actions }: PageHeadProps) {
  return (
    <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line-2 border-b bg-panel px-3 py-1">
      <h1 className="min-w-0 font-semibold text-15 [overflow-wrap:anywhere]">{title}</h1>
      {meta !== undefined && <div className="flex items-center gap-2 text-12 text-ink-2">{meta}</div>}
      {children}
      {actions !== undefined && <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </header>
  );
}
