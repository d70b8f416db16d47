// biome-ignore-all lint/a11y/useSemanticElements: rows and columns that are out of view are not there, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell

"use client";

import type { Column, Table } from "@uwdata/flechette";
import { memo } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatNumber } from "@/components/ui/format";
import { prepareColumnCell, type ResultCell } from "../cells/prepare-result-cell";
import { isInSpans } from "../select/selection";

export const ROW_HEIGHT = 24;

export type GridRowProps = {
  gridId: string;
  row: number;
  /** Where it lies in the layer of rows. */
  y: number;
  /** The window that holds it and its place there; null while it is being read. */
  table: Table | null;
  at: number;
  /** Places in the result of the pinned columns and of those that show, with the number of the first shown one. */
  shown: readonly number[];
  pinned: number;
  first: number;
  end: number;
  pinnedTracks: string;
  tracks: string;
  gutterWidth: number;
  rightAligned: ReadonlySet<number>;
  /** Selected columns, as `spansOfRow` writes them. */
  spans: string;
  /** The column with the focus, or −1. */
  active: number;
  hasFocus: boolean;
};

export const cellId = (gridId: string, row: number, column: number): string => `${gridId}-${row}-${column}`;

/** One row of a result. It is drawn anew only when what it shows has changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, y, table, gutterWidth, pinned, pinnedTracks, tracks, first, end, spans, active, shown } =
    props;
  const isWhole = isInSpans(spans, 0) && isInSpans(spans, shown.length - 1);
  const places = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  return (
    <div
      aria-busy={table === null || undefined}
      aria-rowindex={row + 2}
      className="absolute inset-x-0 top-0 flex h-6 border-line border-b hover:bg-hover"
      role="row"
      style={{ transform: `translateY(${y}px)` }}
    >
      <div
        aria-colindex={1}
        className={classNames(
          "shrink-0 border-line border-r px-2 text-right text-11 text-ink-3 leading-6",
          isWhole && "bg-select text-ink",
        )}
        data-gutter={row}
        role="rowheader"
        style={{ width: gutterWidth }}
      >
        {formatNumber(row + 1)}
      </div>
      {pinned > 0 && (
        <div className="grid shrink-0 border-line-2 border-r" style={{ gridTemplateColumns: pinnedTracks }}>
          {places(0, pinned).map((place) => (
            <GridCell
              {...props}
              isActive={place === active}
              isSelected={isInSpans(spans, place)}
              key={place}
              place={place}
            />
          ))}
        </div>
      )}
      <div className="relative min-w-0 flex-1 overflow-hidden">
        <div
          className="absolute inset-y-0 left-0 grid"
          style={{ gridTemplateColumns: tracks, transform: "translateX(var(--columns-x))" }}
        >
          {places(first, end).map((place) => (
            <GridCell
              {...props}
              isActive={place === active}
              isSelected={isInSpans(spans, place)}
              key={place}
              place={place}
            />
          ))}
        </div>
      </div>
    </div>
  );
});

type GridCellProps = GridRowProps & { place: number; isSelected: boolean; isActive: boolean };

const TONES: Partial<Record<ResultCell["kind"], string>> = {
  null: "text-ink-3 italic",
  empty: "text-ink-3",
  binary: "text-ink-2",
};

function GridCell({
  gridId,
  row,
  table,
  at,
  shown,
  place,
  rightAligned,
  isSelected,
  isActive,
  hasFocus,
}: GridCellProps) {
  const column = shown[place] ?? 0;
  const isRight = rightAligned.has(column);
  const cell = table === null ? null : prepareColumnCell(table.getChildAt(column) as Column<unknown>, at);
  return (
    <div
      aria-colindex={place + 2}
      aria-selected={isSelected}
      className={classNames(
        "overflow-hidden text-ellipsis whitespace-pre px-2 leading-6",
        isRight && "text-right",
        isSelected && "bg-select",
        isActive && hasFocus && "outline-2 outline-accent -outline-offset-2",
        cell !== null && TONES[cell.kind],
      )}
      data-cell={`${row}:${place}`}
      id={cellId(gridId, row, place)}
      role="gridcell"
    >
      {cell === null ? <PendingCell isRight={isRight} row={row} /> : cell.text}
    </div>
  );
}

/** A value that is being read: a line, so that it is not taken for an empty one. */
function PendingCell({ row, isRight }: { row: number; isRight: boolean }) {
  const share = 40 + ((row * 37) % 45);
  return (
    <>
      <span className="sr-only">loading</span>
      <span
        aria-hidden="true"
        className={classNames("mt-[9px] block h-1.5 rounded-1 bg-line", isRight && "ml-auto")}
        style={{ width: `${share}%` }}
      />
    </>
  );
}
