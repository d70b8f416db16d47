// biome-ignore-all lint/a11y/useSemanticElements: rows and columns that are out of view are not there, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell

"use client";

import { memo, type PointerEvent } from "react";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";
import type { ColumnLayout } from "../columns/column-layout";
import { cellId } from "../grid/GridRow";
import { RULER_WIDTH } from "../grid/RowRuler";
import { isSelected, type Selection } from "../select/selection";
import { HeadCell } from "./HeadCell";
import type { HeadProfile } from "./head-profile";

export type GridHeadProps = {
  gridId: string;
  columns: readonly ResultColumn[];
  layout: ColumnLayout;
  first: number;
  end: number;
  height: number;
  gutterWidth: number;
  pinnedTracks: string;
  tracks: string;
  rightAligned: ReadonlySet<number>;
  profiles: ReadonlyMap<number, HeadProfile> | undefined;
  view: ResultView;
  selection: Selection;
  hasFocus: boolean;
  openMenu: number | null;
  drag: { from: number; to: number } | null;
  onSelectAll: () => void;
  onMenu: (place: number) => void;
  onPointerDown: (event: PointerEvent<HTMLElement>, place: number) => void;
  onResizeDown: (event: PointerEvent<HTMLElement>, place: number) => void;
  onFit: (place: number) => void;
};

/** The head of the shown columns; it stays while the rows scroll, and is not drawn anew for that. */
export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { layout, first, end, height, gutterWidth, pinnedTracks, tracks, drag } = props;
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  return (
    <div
      aria-rowindex={1}
      className="relative z-10 flex border-line-2 border-b bg-panel"
      role="row"
      style={{ height, marginRight: RULER_WIDTH }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Ctrl A does the same */}
      <div
        aria-colindex={1}
        className="flex shrink-0 cursor-pointer items-end justify-end border-line border-r px-2 pb-1 text-11 text-ink-3"
        onClick={props.onSelectAll}
        role="columnheader"
        style={{ width: gutterWidth }}
        title="Select all, Ctrl A"
      >
        row
      </div>
      {layout.pinned > 0 && (
        <div className="grid shrink-0 border-line-2 border-r" style={{ gridTemplateColumns: pinnedTracks }}>
          {range(0, layout.pinned).map((place) => (
            <Head {...props} key={layout.shown[place]} place={place} />
          ))}
        </div>
      )}
      <div className="relative min-w-0 flex-1 overflow-hidden">
        <div
          className="absolute inset-y-0 left-0 grid"
          style={{ gridTemplateColumns: tracks, transform: "translateX(var(--columns-x))" }}
        >
          {range(first, end).map((place) => (
            <Head {...props} key={layout.shown[place]} place={place} />
          ))}
        </div>
      </div>
      {drag !== null && (
        <span className="sr-only" role="status">
          Column {drag.from + 1} to place {drag.to + 1}
        </span>
      )}
    </div>
  );
});

function Head({ place, ...props }: GridHeadProps & { place: number }) {
  const { layout, columns, view, selection, drag } = props;
  const column = layout.shown[place] ?? 0;
  const sortPlace = view.sort.findIndex((sort) => sort.column === column);
  const sort = view.sort[sortPlace];
  const { active } = selection;
  return (
    <HeadCell
      column={columns[column] ?? { name: "", type: "" }}
      hasFocus={props.hasFocus && active.row < 0 && active.column === place}
      id={cellId(props.gridId, -1, place)}
      isFiltered={view.filters.some((filter) => filter.column === column)}
      isMenuOpen={props.openMenu === place}
      isPinned={place < layout.pinned}
      isRight={props.rightAligned.has(column)}
      isSelected={drag?.to === place || isSelected(selection, { row: 0, column: place })}
      onFit={props.onFit}
      onMenu={props.onMenu}
      onPointerDown={props.onPointerDown}
      onResizeDown={props.onResizeDown}
      place={place}
      profile={props.profiles?.get(column)}
      sort={sort === undefined ? null : { descending: sort.descending, rank: rankOf(view, sortPlace) }}
    />
  );
}

const rankOf = (view: ResultView, place: number): number | null => (view.sort.length > 1 ? place + 1 : null);
