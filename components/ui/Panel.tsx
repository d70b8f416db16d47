import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { LoadingBar } from "./LoadingBar";

export type PanelProps = {
  /** The name of the region, for screen readers; give `title` to show it. */
  label?: string;
  title?: ReactNode;
  /** Beside the title, in ink-2. */
  meta?: ReactNode;
  /** At the right end of the bar. */
  actions?: ReactNode;
  isLoading?: boolean;
  className?: string;
  bodyClassName?: string;
  children: ReactNode;
};

/** A tile of the bench: panels share hairlines, they are no cards. A pane for F6. */
export function Panel({
  label,
  title,
  meta,
  actions,
  isLoading,
  className,
  bodyClassName,
  children,
}: PanelProps) {
  const name = label ?? (typeof title === "string" ? title : undefined);
  return (
    <section
      aria-label={name}
      className={classNames("relative flex min-h-0 min-w-0 flex-col bg-panel", className)}
      data-pane=""
      tabIndex={-1}
    >
      {isLoading && <LoadingBar />}
      {title !== undefined && (
        <PanelBar actions={actions} meta={meta}>
          {title}
        </PanelBar>
      )}
      <div className={classNames("min-h-0 min-w-0 flex-1", bodyClassName)}>{children}</div>
    </section>
  );
}

export type PanelBarProps = {
  children: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

/** The 30 px bar on top of a panel: title, facts, actions. */
export function PanelBar({ children, meta, actions, className }: PanelBarProps) {
  return (
    <div
      className={classNames(
        "flex min-h-[30px] shrink-0 items-center gap-2 border-line border-b px-3",
        className,
      )}
    >
      <h2
        className="min-w-0 truncate font-semibold text-title"
        {...(typeof children === "string" ? { title: children } : {})}
      >
        {children}
      </h2>
      {meta !== undefined && <span className="shrink-0 text-12 text-ink-2">{meta}</span>}
      {actions !== undefined && (
        <span className="ml-auto flex shrink-0 items-center gap-2 text-12">{actions}</span>
      )}
    </div>
  );
}
