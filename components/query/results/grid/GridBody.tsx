// biome-ignore-all lint/a11y/useSemanticElements: rows and columns that are out of view are not there, which a table cannot do

"use client";

import type { ColumnLayout } from "../columns/column-layout";
import type { RowStore } from "../rows/row-store";
import { type Selection, spansOfRow } from "../select/selection";
import { GridRow, ROW_HEIGHT } from "./GridRow";
import { RULER_WIDTH } from "./RowRuler";
import type { GridGeometry } from "./useGridGeometry";

export type GridBodyProps = {
  gridId: string;
  geometry: GridGeometry;
  layout: ColumnLayout;
  height: number;
  store: RowStore | null;
  selection: Selection;
  hasFocus: boolean;
  rightAligned: ReadonlySet<number>;
};

/** The rows in view. */
export function GridBody({
  gridId,
  geometry,
  layout,
  height,
  store,
  selection,
  hasFocus,
  rightAligned,
}: GridBodyProps) {
  const { firstRow, endRow, layerRow, layerY, pool } = geometry;
  const { active } = selection;
  return (
    <div className="relative overflow-hidden" role="rowgroup" style={{ height, marginRight: RULER_WIDTH }}>
      <div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${layerY}px)` }}>
        {Array.from({ length: Math.max(0, endRow - firstRow) }, (_, index) => {
          const row = firstRow + index;
          const kept = store?.row(row) ?? null;
          return (
            <GridRow
              active={active.row === row ? active.column : -1}
              at={kept?.at ?? 0}
              end={geometry.end}
              first={geometry.first}
              gridId={gridId}
              gutterWidth={geometry.gutter}
              hasFocus={hasFocus && active.row === row}
              key={row % pool}
              pinned={layout.pinned}
              pinnedTracks={geometry.pinnedTracks}
              rightAligned={rightAligned}
              row={row}
              shown={layout.shown}
              spans={spansOfRow(selection, row)}
              table={kept?.table ?? null}
              tracks={geometry.tracks}
              y={(row - layerRow) * ROW_HEIGHT}
            />
          );
        })}
      </div>
    </div>
  );
}
