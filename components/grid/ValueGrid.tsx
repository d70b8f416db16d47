"use client";

import type { KeyboardEvent } from "react";
import type { Cell } from "@/domain/ports/rows";
import { CellValue } from "./CellValue";
import { isNumericType } from "./prepare-cell";
import { useGridFocus } from "./useGridFocus";

export type ValueGridProps = {
  label: string;
  columns: { name: string; type: string }[];
  rows: Cell[][];
  /** Number of the row before the first, so that row numbers go on from page to page. */
  offset: number;
  keyColumns?: readonly string[];
};

/** Rows of a table as they are: one tab stop, arrows move, Ctrl C copies the value of the cell. */
export function ValueGrid({ label, columns, rows, offset, keyColumns = [] }: ValueGridProps) {
  const { grid, tabIndexOf, onKeyDown, onFocus } = useGridFocus(rows.length, columns.length);
  const copyOr = (event: KeyboardEvent, value: Cell) => {
    if (event.key !== "c" || !(event.ctrlKey || event.metaKey) || window.getSelection()?.toString()) return;
    event.preventDefault();
    void navigator.clipboard.writeText(value === null ? "" : String(value));
  };
  return (
    <table
      aria-label={label}
      className="min-w-full text-left"
      ref={grid}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
      role="grid"
    >
      <thead className="sticky top-0 z-10 bg-panel text-12">
        <tr>
          <th
            className="w-12 border-line-2 border-b px-2 py-1 text-right font-normal text-11 text-ink-3"
            scope="col"
          >
            row
          </th>
          {columns.map((column) => (
            <th
              className={`border-line-2 border-b px-3 py-1 align-bottom ${isNumericType(column.type) ? "text-right" : ""}`}
              key={column.name}
              scope="col"
            >
              <span className="block whitespace-nowrap font-semibold text-ink text-title">{column.name}</span>
              <span className="block whitespace-nowrap font-normal text-11 text-ink-3">
                {column.type}
                {keyColumns.includes(column.name) && ", key"}
              </span>
            </th>
          ))}
          <td aria-hidden="true" className="w-full border-line-2 border-b" />
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
          <tr className="h-6 hover:bg-hover" key={offset + place}>
            <th
              className="border-line border-r border-b px-2 text-right font-normal text-11 text-ink-3"
              scope="row"
            >
              {offset + place + 1}
            </th>
            {columns.map((column, index) => (
              <td
                className={`max-w-[44ch] truncate whitespace-nowrap border-line border-b px-3 ${isNumericType(column.type) ? "text-right" : ""}`}
                data-cell={`${place}:${index}`}
                key={column.name}
                onFocus={() => onFocus(place, index)}
                onKeyDown={(event) => copyOr(event, row[index] ?? null)}
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid takes the focus
                role="gridcell"
                tabIndex={tabIndexOf(place, index)}
                {...(row[index] === null || row[index] === undefined ? {} : { title: String(row[index]) })}
              >
                <CellValue type={column.type} value={row[index] ?? null} />
              </td>
            ))}
            <td aria-hidden="true" className="border-line border-b" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
