import type { ReactNode } from "react";

export type EmptyStateProps = {
  /** One sentence: what is not there, and why. */
  title: string;
  children?: ReactNode;
  /** The one thing to do next. */
  action?: ReactNode;
};

/** Never art: one sentence why, one action. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-1 p-3">
      <p className="font-semibold text-13">{title}</p>
      {children !== undefined && <div className="max-w-[72ch] text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  );
}
