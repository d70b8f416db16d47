"use client";

import { Copy } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button } from "@/components/ui/Button";
import { formatNumber } from "@/components/ui/format";
import { Menu } from "@/components/ui/Menu";
import type { MenuItem } from "@/components/ui/MenuList";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";
import { COPY_FORMATS, type CopyFormat } from "../copy/copy-text";
import { isWholeResult } from "../view/change-view";
import { GoToRow } from "./GoToRow";
import { SearchField } from "./SearchField";
import { ViewTags } from "./ViewTags";

export type ResultToolbarProps = {
  view: ResultView;
  onView: (view: ResultView) => void;
  onReset: () => void;
  columns: readonly ResultColumn[];
  /** Rows on the screen. */
  rows: number;
  rowWords: string;
  /** Said of a view: where its rows come from. Null for the result itself. */
  originWords: string | null;
  selected: { rows: number; columns: number } | null;
  onCopy: (format: CopyFormat, hasNames: boolean) => void;
  onGoToRow: (row: number) => void;
  goToRowRef: Ref<HTMLInputElement>;
  actions?: ReactNode;
};

const copyItems = (onCopy: ResultToolbarProps["onCopy"]): MenuItem[] => [
  { kind: "heading", key: "bare", label: "Values alone" },
  ...COPY_FORMATS.filter(({ format }) => format !== "markdown" && format !== "json").map(
    ({ format, label }): MenuItem => ({
      kind: "action",
      key: `bare-${format}`,
      label,
      onSelect: () => onCopy(format, false),
    }),
  ),
  { kind: "line", key: "line" },
  { kind: "heading", key: "named", label: "With the names of the columns" },
  ...COPY_FORMATS.map(
    ({ format, label }): MenuItem => ({
      kind: "action",
      key: `named-${format}`,
      label,
      onSelect: () => onCopy(format, true),
    }),
  ),
];

/** Search, conditions, how many rows these are and whence, and the way to any row. */
export function ResultToolbar(props: ResultToolbarProps) {
  const { view, onView, selected } = props;
  return (
    <div className="flex min-h-[34px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-panel px-3 py-1 text-12">
      <SearchField onSearch={(search) => onView({ ...view, search })} search={view.search} />
      <ViewTags columns={props.columns} onView={onView} view={view} />
      {!isWholeResult(view) && (
        <Button kind="quiet" onClick={props.onReset}>
          Reset
        </Button>
      )}
      <span className="min-w-0 truncate text-ink-2" role="status">
        <span className="text-ink">{props.rowWords}</span>
        {props.originWords !== null && ` ${props.originWords}`}
      </span>
      <span className="ml-auto flex items-center gap-2">
        {selected !== null && (
          <span className="whitespace-nowrap text-ink-2">
            {formatNumber(selected.rows)} × {formatNumber(selected.columns)} selected
          </span>
        )}
        <Menu
          items={copyItems(props.onCopy)}
          trigger={
            <Button icon={<Copy aria-hidden="true" size={13} />} kind="quiet">
              Copy
            </Button>
          }
        />
        <GoToRow onGo={props.onGoToRow} ref={props.goToRowRef} rows={props.rows} />
        {props.actions}
      </span>
    </div>
  );
}
