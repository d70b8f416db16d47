"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useGridFocus } from "@/components/grid/useGridFocus";
import { classNames } from "@/components/ui/class-names";
import { CATEGORY_COLUMNS, type CategoryColumn } from "./category-columns";
import type { CategoryRow, Sort, SortKey } from "./prepare-category-rows";

export type CategoryTableProps = {
  rows: CategoryRow[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  selected: string | null;
  onSelect: (category: string) => void;
};

/** The categories as a grid: headers sort, arrows move, Enter or a press chooses. */
export function CategoryTable({ rows, sort, onSort, selected, onSelect }: CategoryTableProps) {
  const { grid, tabIndexOf, onKeyDown, onFocus } = useGridFocus(rows.length, CATEGORY_COLUMNS.length);
  const scaleTop = Math.max(
    0,
    ...rows.flatMap((row) => [row.wape ?? 0, ...Object.values(row.baselineWape).map((wape) => wape ?? 0)]),
  );
  return (
    <table
      aria-label="Categories"
      aria-rowcount={rows.length + 1}
      className="w-full whitespace-nowrap text-left"
      ref={grid}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
      role="grid"
    >
      <thead className="sticky top-0 z-10 bg-panel">
        <tr>
          {CATEGORY_COLUMNS.map((column) => (
            <Header column={column} key={column.key} onSort={onSort} sort={sort} />
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {rows.map((row, rowIndex) => (
          <tr
            aria-selected={row.category === selected}
            className={classNames(
              "h-[30px] cursor-pointer hover:bg-hover",
              row.category === selected && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
            )}
            key={row.category}
            onClick={() => onSelect(row.category)}
          >
            {CATEGORY_COLUMNS.map((column, columnIndex) => (
              <td
                className={classNames("border-line border-b px-2.5", column.isNumber && "text-right")}
                data-cell={`${rowIndex}:${columnIndex}`}
                key={column.key}
                onFocus={() => onFocus(rowIndex, columnIndex)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" && event.key !== " ") return;
                  event.preventDefault();
                  onSelect(row.category);
                }}
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid takes the focus
                role="gridcell"
                tabIndex={tabIndexOf(rowIndex, columnIndex)}
              >
                {column.cell(row, scaleTop)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type HeaderProps = { column: CategoryColumn; sort: Sort; onSort: (sort: Sort) => void };

function Header({ column, sort, onSort }: HeaderProps) {
  const { key, title, note, isNumber } = column;
  const place = classNames("border-line-2 border-b px-2.5 py-1 align-bottom", isNumber && "text-right");
  const text = (
    <>
      <span className="block font-semibold text-title">{title}</span>
      {note && <span className="block font-normal text-11 text-ink-2">{note}</span>}
    </>
  );
  if (key === "range") {
    return (
      <th className={place} scope="col">
        {text}
      </th>
    );
  }
  const isSorted = sort.key === key;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : "none"}
      className={place}
      scope="col"
    >
      <button
        className={classNames("inline-flex items-end gap-1", isNumber ? "text-right" : "text-left")}
        onClick={() => onSort(nextSort(sort, key, isNumber))}
        type="button"
      >
        <span>{text}</span>
        {isSorted && <Arrow aria-hidden="true" size={12} />}
      </button>
    </th>
  );
}

const nextSort = (sort: Sort, key: SortKey, isNumber: boolean): Sort =>
  sort.key === key ? { key, descending: !sort.descending } : { key, descending: isNumber };
