"use client";

import { Ellipsis } from "lucide-react";
import type { BrowserTable, TableOrigin } from "@/components/engines/duckdb-wasm/tables/table-store";
import { Button } from "@/components/ui/Button";
import { formatBytes, formatCount } from "@/components/ui/format";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { StateGlyph } from "@/components/ui/StateGlyph";

export type BrowserTableRowProps = {
  table: BrowserTable;
  isStale: boolean;
  onName: (name: string) => void;
  onRename: () => void;
  onDrop: () => void;
  onRenew?: () => void;
};

function originWords(origin: TableOrigin): string {
  switch (origin.kind) {
    case "file":
      return `of the file ${origin.fileName}`;
    case "result":
      return `rows of a result of ${origin.ranAt}`;
    case "lake":
      return origin.snapshotId === null ? "a copy" : `a copy at snapshot ${origin.snapshotId}`;
  }
}

export function BrowserTableRow({ table, isStale, onName, onRename, onDrop, onRenew }: BrowserTableRowProps) {
  const name = table.path.join(".");
  const act = (label: string, onSelect: () => void): MenuItem => ({
    kind: "action",
    key: label,
    label,
    onSelect,
  });
  const items: MenuItem[] = [
    act("Put the name into the text", () => onName(name)),
    ...(table.path.length === 1 ? [act("Rename", onRename)] : []),
    ...(isStale && onRenew !== undefined ? [act("Bring the present state", onRenew)] : []),
    act("Drop", onDrop),
  ];
  return (
    <li className="flex h-[22px] items-center gap-1 px-2 text-12">
      <button
        className="min-w-0 flex-1 truncate text-left font-mono hover:text-accent"
        onClick={() => onName(name)}
        title={`${name}: ${originWords(table.origin)}`}
        type="button"
      >
        {name}
      </button>
      {isStale && <StateGlyph label="The table moved on since" size={11} state="stale" word="none" />}
      <span className="shrink-0 text-11 text-ink-3">
        {formatCount(table.rows, "row")}, {formatBytes(table.bytes)}
      </span>
      <Menu
        items={items}
        trigger={<Button aria-label={`What to do with ${name}`} icon={<Ellipsis size={13} />} kind="quiet" />}
      />
    </li>
  );
}
