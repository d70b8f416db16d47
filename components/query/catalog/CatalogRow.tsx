import { ChevronDown, ChevronRight, Columns3, Database, Folder, Table2 } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { formatCount, formatNumber } from "@/components/ui/format";
import { Tag } from "@/components/ui/Tag";
import type { CatalogTreeProps } from "./CatalogTree";
import type { TreeRow } from "./prepare-tree";

const ICONS = { catalog: Database, schema: Folder, table: Table2, column: Columns3 } as const;

export type CatalogRowProps = {
  id: string;
  row: TreeRow;
  top: number;
  isActive: boolean;
  onPress: () => void;
} & Pick<CatalogTreeProps, "onInsert" | "onPeek">;

/** One row of the tree; a table offers its first rows under the pointer. */
export function CatalogRow({ id, row, top, isActive, onPress, onInsert, onPeek }: CatalogRowProps) {
  const Icon = ICONS[row.kind];
  const Chevron = row.isOpen ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      aria-expanded={row.isOpen ?? undefined}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-selected={isActive}
      aria-setsize={row.siblings}
      className={classNames(
        "group absolute right-0 left-0 flex h-[22px] cursor-default items-center gap-1.5 whitespace-nowrap pr-2 text-title",
        isActive ? "bg-select" : "hover:bg-hover",
        row.depth === 0 && "font-semibold",
      )}
      id={id}
      onClick={onPress}
      onDoubleClick={() => onInsert(row)}
      role="treeitem"
      style={{ top, paddingLeft: 8 + 13 * row.depth }}
      tabIndex={-1}
      title={row.refersTo === null ? row.parts.join(".") : `${row.label} refers to ${row.refersTo}`}
    >
      {row.isOpen !== null && <Chevron aria-hidden="true" className="shrink-0 text-ink-3" size={12} />}
      {row.kind !== "column" && <Icon aria-hidden="true" className="shrink-0 text-ink-3" size={13} />}
      <span className={classNames("min-w-0 truncate", row.kind === "column" && "pl-3.5 font-mono text-12")}>
        {row.label}
      </span>
      {row.isKey && <Tag kind="strong">PK</Tag>}
      {row.refersTo !== null && <Tag>FK</Tag>}
      <RowTail onPeek={onPeek} row={row} />
    </div>
  );
}

function RowTail({ row, onPeek }: Pick<CatalogRowProps, "row" | "onPeek">) {
  return (
    <>
      {row.kind === "table" && (
        <button
          className="ml-auto hidden rounded-1 border border-ctl bg-raised px-1 text-11 group-hover:block"
          onClick={(event) => {
            event.stopPropagation();
            onPeek(row);
          }}
          tabIndex={-1}
          type="button"
        >
          first 100
        </button>
      )}
      <span
        className={classNames(
          "ml-auto shrink-0 pl-2 font-normal text-11 text-ink-2",
          row.kind === "column" && "max-w-[45%] truncate font-mono",
          row.kind === "table" && "group-hover:hidden",
        )}
      >
        {tailText(row)}
      </span>
    </>
  );
}

function tailText({ kind, count, type }: TreeRow): string | null {
  if (kind === "column") return type;
  if (kind === "table") return count === null ? null : formatNumber(count);
  return formatCount(count ?? 0, "table");
}
