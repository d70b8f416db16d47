"use client";

import { CellValue } from "@/components/grid/CellValue";
import { isNumericType } from "@/components/grid/prepare-cell";
import { useGridFocus } from "@/components/grid/useGridFocus";
import { classNames } from "@/components/ui/class-names";
import type { DiffColumn, DiffRow } from "../lake-types";
import { DIFF_SIGNS, diffCell, diffHead } from "./prepare-diff";

export type DiffGridProps = { columns: DiffColumn[]; items: DiffRow[]; keyColumns: string[] };

const GUTTERS = { added: "bg-d2", removed: "bg-d4", changed: "" } as const;

/** The rows that differ: only in A is struck through, only in B is strong; the sign in the gutter says which. */
export function DiffGrid({ columns, items, keyColumns }: DiffGridProps) {
  const { grid, tabIndexOf, onKeyDown, onFocus } = useGridFocus(items.length, columns.length);
  return (
    <table
      aria-label="Rows that differ, A to B"
      className="min-w-full text-left"
      ref={grid}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
      role="grid"
    >
      <thead className="sticky top-0 z-10 bg-panel">
        <tr>
          <th className="min-w-6 border-line-2 border-b" scope="col">
            <span className="sr-only">difference</span>
          </th>
          {columns.map((column) => {
            const { name, type, note } = diffHead(column, keyColumns);
            return (
              <th
                className={`border-line-2 border-b px-2 py-1 align-top ${isNumericType(type) ? "text-right" : ""}`}
                key={name}
                scope="col"
              >
                <span className="block whitespace-nowrap font-semibold text-title">{name}</span>
                <span className="block whitespace-nowrap font-normal text-11 text-ink-3">
                  {type}
                  {note !== null && <span className="text-ink-2">, {note}</span>}
                </span>
              </th>
            );
          })}
          <td aria-hidden="true" className="w-full border-line-2 border-b" />
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {items.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
          <tr className="h-6 hover:bg-hover" key={place}>
            <th
              className={classNames(
                "border-line border-r border-b text-center font-bold text-ink",
                GUTTERS[row.kind],
              )}
              scope="row"
            >
              <span aria-hidden="true">{DIFF_SIGNS[row.kind]}</span>
              <span className="sr-only">{row.kind}</span>
            </th>
            {columns.map((column, index) => (
              <td
                className={classNames(
                  "max-w-[40ch] whitespace-nowrap border-line border-b px-2",
                  isNumericType(column.type) && "text-right",
                )}
                data-cell={`${place}:${index}`}
                key={column.after ?? column.before}
                onFocus={() => onFocus(place, index)}
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid takes the focus
                role="gridcell"
                tabIndex={tabIndexOf(place, index)}
              >
                <Value index={index} row={row} type={column.type} />
              </td>
            ))}
            <td aria-hidden="true" className="border-line border-b" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ row, index, type }: { row: DiffRow; index: number; type: string }) {
  const cell = diffCell(row, index);
  if (cell.kind === "both") {
    return (
      <span className={classNames("-mx-2 flex leading-6", isNumericType(type) && "justify-end")}>
        <del className="min-w-0 truncate bg-d4 px-1.5 text-ink decoration-1">
          <CellValue isOnColour type={type} value={cell.a} />
        </del>
        <ins className="min-w-0 truncate bg-d2 px-2 font-semibold text-ink no-underline">
          <CellValue isOnColour type={type} value={cell.b} />
        </ins>
      </span>
    );
  }
  return (
    <span className={classNames("block truncate", cell.kind === "only-a" && "text-ink-3 line-through")}>
      <CellValue type={type} value={cell.value} />
    </span>
  );
}
