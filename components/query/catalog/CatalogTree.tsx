"use client";

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { CatalogRow } from "./CatalogRow";
import type { TreeRow } from "./prepare-tree";
import { treeKey } from "./tree-key";

const ROW_PX = 22;
const BEYOND = 8;

export type CatalogTreeProps = {
  rows: TreeRow[];
  onToggle: (id: string) => void;
  /** Puts the name where the cursor is. */
  onInsert: (row: TreeRow) => void;
  /** Looks at the first rows of a table. */
  onPeek: (row: TreeRow) => void;
};

/** Catalogs, schemas, tables and columns: one stop for Tab, arrows inside; only the rows in sight are drawn. */
export function CatalogTree({ rows, onToggle, onInsert, onPeek }: CatalogTreeProps) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    // The size of the scrolling element.
    const element = place.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === active),
  );
  const first = Math.max(0, Math.floor(view.top / ROW_PX) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW_PX) + BEYOND);
  const go = (next: number) => {
    const row = rows[next];
    if (row === undefined) return;
    setActive(row.id);
    const element = place.current;
    if (element === null) return;
    const top = next * ROW_PX;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = top + ROW_PX - element.clientHeight;
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = treeKey(event, rows, at, Math.floor(view.height / ROW_PX) - 1);
    if (act === null) return;
    event.preventDefault();
    if (act.kind === "go") go(act.to);
    if (act.kind === "toggle") onToggle(act.row.id);
    if (act.kind === "insert") onInsert(act.row);
    if (act.kind === "peek") onPeek(act.row);
  };
  useEffect(() => {
    // A filter leaves fewer rows than were scrolled past.
    if (place.current !== null && view.top > rows.length * ROW_PX) place.current.scrollTop = 0;
  }, [rows.length, view.top]);
  return (
    <div
      aria-activedescendant={at >= first && at < last ? `${id}-${at}` : undefined}
      aria-label="Tables and columns"
      className="relative min-h-0 flex-1 overflow-auto focus-visible:outline-offset-[-2px]"
      onKeyDown={press}
      onScroll={(event) =>
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      ref={place}
      role="tree"
      tabIndex={0}
    >
      <div role="none" style={{ height: rows.length * ROW_PX }}>
        {rows.slice(first, last).map((row, offset) => (
          <CatalogRow
            id={`${id}-${first + offset}`}
            isActive={first + offset === at && active !== null}
            key={row.id}
            onInsert={onInsert}
            onPeek={onPeek}
            onPress={() => {
              setActive(row.id);
              if (row.isOpen !== null) onToggle(row.id);
            }}
            row={row}
            top={(first + offset) * ROW_PX}
          />
        ))}
      </div>
    </div>
  );
}
