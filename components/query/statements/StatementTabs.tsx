"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, memo, useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { tabDetail, tabTitle } from "./prepare-statements";
import type { Statement } from "./statement";

export type StatementTabsProps = {
  statements: Statement[];
  activeKey: string | null;
  onSelect: (key: string) => void;
  onClose: (keys: string[]) => void;
};

/** One tab for each statement that was run: its state, rows or progress. Earlier results stay until they are closed. */
export function StatementTabs({ statements, activeKey, onSelect, onClose }: StatementTabsProps) {
  const place = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // The chosen tab is scrolled into sight.
    if (activeKey !== null)
      place.current
        ?.querySelector("[aria-current=true]")
        ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activeKey]);
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const at = statements.findIndex(({ key }) => key === activeKey);
    if (event.key === "Delete" && activeKey !== null) onClose([activeKey]);
    const next = statements[at + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onSelect(next.key);
  };
  return (
    <ul
      aria-label="Results"
      className="flex min-w-0 flex-1 overflow-x-auto overflow-y-hidden [scrollbar-width:none]"
      onKeyDown={press}
      ref={place}
    >
      {statements.map((statement) => (
        <StatementTab
          isActive={statement.key === activeKey}
          key={statement.key}
          onClose={onClose}
          onSelect={onSelect}
          statement={statement}
        />
      ))}
    </ul>
  );
}

type StatementTabProps = Pick<StatementTabsProps, "onSelect" | "onClose"> & {
  statement: Statement;
  isActive: boolean;
};

const StatementTab = memo(function StatementTab({
  statement,
  isActive,
  onSelect,
  onClose,
}: StatementTabProps) {
  const title = tabTitle(statement);
  const detail = tabDetail(statement);
  return (
    <li
      className={classNames(
        "group flex shrink-0 items-center border-line border-r",
        isActive ? "bg-panel shadow-[inset_0_-2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      <button
        aria-current={isActive}
        className={classNames(
          "flex h-[30px] items-center gap-1.5 whitespace-nowrap pl-2.5 text-title focus-visible:outline-offset-[-2px]",
          isActive ? "font-semibold text-ink" : "text-ink-2",
        )}
        onAuxClick={() => onClose([statement.key])}
        onClick={() => onSelect(statement.key)}
        title={statement.sql.slice(0, 300)}
        type="button"
      >
        <StateGlyph
          size={11}
          state={statement.status}
          word={detail === statement.status ? "none" : "spoken"}
        />
        {title}
        {detail !== "" && <span className="font-normal text-ink-2">{detail}</span>}
      </button>
      <button
        aria-label={`Close ${title}`}
        className="mx-0.5 rounded-1 p-0.5 text-ink-3 opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-hover:opacity-100"
        onClick={() => onClose([statement.key])}
        type="button"
      >
        <X aria-hidden="true" size={12} />
      </button>
    </li>
  );
});
