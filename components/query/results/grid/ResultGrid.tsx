// biome-ignore-all lint/a11y/useSemanticElements: rows and columns that are out of view are not there, which a table cannot do

"use client";

import { type ReactNode, type Ref, useId, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { ResultView } from "@/domain/query/result-view";
import type { ColumnLayout } from "../columns/column-layout";
import { GridHead } from "../head/GridHead";
import { CellInspector } from "../inspect/CellInspector";
import { GridPopups } from "../menu/GridPopups";
import type { ResultSource } from "../result-source";
import { type Selection, selectAll, selectCell, spansOfRow } from "../select/selection";
import { useGridSelection } from "../select/useGridSelection";
import { GridBody } from "./GridBody";
import { GridNotice } from "./GridNotice";
import { cellId } from "./GridRow";
import { RowRuler, RULER_WIDTH } from "./RowRuler";
import { readValue } from "./read-value";
import { type GridHandle, useGridActs } from "./useGridActs";
import { useGridFrame } from "./useGridFrame";
import type { GridGeometry } from "./useGridGeometry";
import { useGridOverlays } from "./useGridOverlays";
import { useStableActs } from "./useStableActs";

export type ResultGridProps = {
  label: string;
  source: ResultSource;
  /** The view that `source` shows, and how to ask for another. */
  view: ResultView;
  onView: (view: ResultView) => void;
  profiles?: ReadonlyMap<number, ColumnProfile> | undefined;
  /** Told the columns in view, pinned ones included, by their places in the result. */
  onSeeColumns?: ((columns: readonly number[]) => void) | undefined;
  onSelection?: (selection: Selection) => void;
  /** Drawn in place of rows where there are none. */
  empty: ReactNode;
  ref?: Ref<GridHandle>;
};

/** The rows of a result, however many: only those in view are read and drawn. One tab stop; arrows move the focus. */
export function ResultGrid(props: ResultGridProps) {
  const { label, source, view, onView, profiles, onSeeColumns, onSelection, empty, ref } = props;
  const { columns } = source;
  const gridId = useId();
  const frame = useGridFrame({ source, profiles, onSeeColumns });
  const { size, store, shape, headHeight, scroll, geometry, rightAligned, columnOf, fit } = frame;
  const { rows } = size;
  const { layout } = shape;
  const { selection, select } = useGridSelection(size, onSelection);
  const [hasFocus, setFocus] = useState(false);
  const overlays = useGridOverlays();
  const { popup, setPopup, isInspecting, setInspecting } = overlays;
  const acts = useGridActs({ source, view, onView, ref, frame, selection, select, overlays });
  const headActs = useStableActs({
    onFit: fit,
    onMenu: acts.openHeadMenu,
    onPointerDown: acts.head.onPointerDown,
    onResizeDown: acts.head.onResizeDown,
    onSelectAll: () => select((old) => selectAll(old, size)),
  });
  const { active } = selection;
  const inspected = isInspecting && active.row >= 0 ? columns[columnOf(active.column)] : undefined;
  const isActiveSeen = isRowSeen(active.row, geometry);
  const bodyHeight = Math.max(0, scroll.height - headHeight);
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="relative min-h-0 min-w-0 flex-1">
        <div
          aria-activedescendant={
            isActiveSeen && isColumnSeen(active.column, layout, geometry)
              ? cellId(gridId, active.row, active.column)
              : undefined
          }
          aria-colcount={size.columns + 1}
          aria-label={label}
          aria-multiselectable="true"
          aria-rowcount={frame.isComplete ? rows + 1 : -1}
          className={classNames(
            "absolute inset-0 overflow-auto outline-none",
            hasFocus && !isActiveSeen && "shadow-[inset_0_0_0_2px_var(--accent)]",
          )}
          id={gridId}
          onBlur={() => setFocus(false)}
          onContextMenu={(event) => {
            if ((event.target as HTMLElement).closest("[data-cell]") === null) return;
            event.preventDefault();
            const place = geometry.placeAt(event.clientX, event.clientY);
            select((old) => (spansOfRow(old, place.row) === "" ? selectCell(place) : old));
            setPopup({ kind: "cell", place, point: { x: event.clientX, y: event.clientY } });
          }}
          onDoubleClick={(event) =>
            (event.target as HTMLElement).closest("[data-cell]") !== null && setInspecting(true)
          }
          onFocus={() => setFocus(true)}
          onKeyDown={acts.onKeyDown}
          onPointerDown={acts.pointer.onPointerDown}
          ref={scroll.element}
          role="grid"
          tabIndex={0}
        >
          <div
            style={{
              height: scroll.scale.spacerHeight + headHeight,
              width: geometry.gutter + layout.pinnedWidth + layout.scrollWidth + RULER_WIDTH,
              minWidth: "100%",
            }}
          >
            <div
              className="sticky top-0 left-0 overflow-hidden"
              style={{
                width: scroll.width,
                height: scroll.height,
                ["--columns-x" as string]: `${geometry.columnsX}px`,
              }}
            >
              <GridHead
                columns={columns}
                drag={acts.head.drag}
                end={geometry.end}
                first={geometry.first}
                gridId={gridId}
                gutterWidth={geometry.gutter}
                hasFocus={hasFocus}
                height={headHeight}
                layout={layout}
                {...headActs}
                openMenu={popup?.kind === "head" ? popup.place : null}
                pinnedTracks={geometry.pinnedTracks}
                profiles={frame.heads}
                rightAligned={rightAligned}
                selection={selection}
                tracks={geometry.tracks}
                view={view}
              />
              <GridBody
                geometry={geometry}
                gridId={gridId}
                hasFocus={hasFocus}
                height={bodyHeight}
                layout={layout}
                rightAligned={rightAligned}
                selection={selection}
                store={store}
              />
            </div>
          </div>
        </div>
        <RowRuler
          headHeight={headHeight}
          height={bodyHeight}
          onScrollTo={scroll.scrollTo}
          rows={rows}
          scale={scroll.scale}
          top={scroll.top}
        />
        <GridNotice
          empty={empty}
          failure={store?.failure() ?? null}
          headHeight={headHeight}
          isEmpty={rows === 0}
          onRetry={() => store?.retry()}
        />
        {popup !== null && (
          <GridPopups
            columns={columns}
            copy={acts.copySelection}
            fit={fit}
            geometry={geometry}
            gridId={gridId}
            headHeight={headHeight}
            inspect={() => setInspecting(true)}
            onPopup={(next) => {
              setPopup(next);
              if (next === null) acts.focus();
            }}
            onView={onView}
            popup={popup}
            scroll={scroll}
            shape={shape}
            value={
              popup.kind === "cell" ? readValue(store, popup.place.row, columnOf(popup.place.column)) : null
            }
            view={view}
          />
        )}
      </div>
      {inspected !== undefined && (
        <CellInspector
          column={inspected}
          onClose={() => {
            setInspecting(false);
            acts.focus();
          }}
          row={active.row}
          value={readValue(store, active.row, columnOf(active.column))}
        />
      )}
    </div>
  );
}

const isRowSeen = (row: number, { firstRow, endRow }: GridGeometry): boolean =>
  row < 0 || (row >= firstRow && row < endRow);

const isColumnSeen = (place: number, { pinned }: ColumnLayout, { first, end }: GridGeometry): boolean =>
  place < pinned || (place >= first && place < end);
