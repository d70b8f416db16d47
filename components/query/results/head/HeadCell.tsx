// biome-ignore-all lint/a11y/useSemanticElements: rows and columns that are out of view are not there, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell

"use client";

import { ArrowDown, ArrowUp, ChevronDown, Filter, Pin } from "lucide-react";
import type { PointerEvent } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatShare } from "@/components/ui/format";
import type { ResultColumn } from "@/domain/query/result-column";
import type { HeadProfile } from "./head-profile";

export type HeadSort = { descending: boolean; rank: number | null };

export type HeadCellProps = {
  id: string;
  /** Place among the shown columns. */
  place: number;
  column: ResultColumn;
  isRight: boolean;
  profile: HeadProfile | undefined;
  sort: HeadSort | null;
  isFiltered: boolean;
  isPinned: boolean;
  isSelected: boolean;
  hasFocus: boolean;
  isMenuOpen: boolean;
  onMenu: (place: number) => void;
  onPointerDown: (event: PointerEvent<HTMLElement>, place: number) => void;
  onResizeDown: (event: PointerEvent<HTMLElement>, place: number) => void;
  onFit: (place: number) => void;
};

/** Name, type, null share and, where the column was profiled, its shape and range. */
export function HeadCell(props: HeadCellProps) {
  const { id, place, column, isRight, profile, sort, isFiltered, isPinned, hasFocus, isMenuOpen } = props;
  return (
    <div
      aria-colindex={place + 2}
      aria-sort={sort === null ? "none" : sort.descending ? "descending" : "ascending"}
      className={classNames(
        "group relative flex min-w-0 cursor-pointer flex-col border-line border-r px-2 pt-1",
        props.isSelected && "bg-select",
        hasFocus && "outline-2 outline-accent -outline-offset-2",
      )}
      data-head={place}
      id={id}
      onPointerDown={(event) => props.onPointerDown(event, place)}
      role="columnheader"
      title={`${column.name}, ${column.type}`}
    >
      <span className={classNames("flex items-center gap-1", isRight && "justify-end")}>
        {isPinned && <Pin aria-label="pinned" className="shrink-0 text-ink-3" size={11} />}
        <span className="truncate font-semibold text-title">
          {column.name === "" ? "(no name)" : column.name}
        </span>
        {sort !== null && <SortMark sort={sort} />}
        {isFiltered && <Filter aria-label="filtered" className="shrink-0 text-accent" size={11} />}
      </span>
      <span className="flex justify-between gap-1.5 text-11 text-ink-3">
        <span className="truncate font-mono">{column.type}</span>
        {profile !== undefined && <NullShare share={profile.nullShare} />}
      </span>
      {profile !== undefined && <Shape profile={profile} />}
      <button
        aria-expanded={isMenuOpen}
        aria-haspopup="menu"
        aria-label={`Column ${column.name}`}
        className={classNames(
          "absolute top-0.5 rounded-2 bg-panel p-0.5 text-ink-2 opacity-0 hover:bg-hover group-hover:opacity-100",
          isRight ? "left-1" : "right-1",
          (isMenuOpen || hasFocus) && "opacity-100",
        )}
        onClick={() => props.onMenu(place)}
        onPointerDown={(event) => event.stopPropagation()}
        tabIndex={-1}
        type="button"
      >
        <ChevronDown aria-hidden="true" size={13} />
      </button>
      <span
        aria-hidden="true"
        className="absolute inset-y-0 -right-px z-10 w-1.5 cursor-col-resize touch-none hover:bg-accent"
        onDoubleClick={() => props.onFit(place)}
        onPointerDown={(event) => props.onResizeDown(event, place)}
      />
    </div>
  );
}

function SortMark({ sort }: { sort: HeadSort }) {
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <span className="flex shrink-0 items-center text-11 text-ink-2">
      <Arrow aria-hidden="true" size={12} />
      {sort.rank}
    </span>
  );
}

function NullShare({ share }: { share: number | null }) {
  if (share === null) return null;
  if (share === 0) return <span className="whitespace-nowrap">no nulls</span>;
  return <span className="whitespace-nowrap text-warn">{formatShare(share)} null</span>;
}

function Shape({ profile: { bars, from, to, isCategorical = false } }: { profile: HeadProfile }) {
  const width = 1 / Math.max(1, bars.length);
  return (
    <>
      <svg aria-hidden="true" className="block h-5 w-full" preserveAspectRatio="none" viewBox="0 0 1 1">
        <title>Histogram</title>
        {bars.map((bar, index) => (
          <rect
            fill={isCategorical ? "var(--line-2)" : "var(--ctl)"}
            height={bar}
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            width={width * 0.88}
            x={index * width}
            y={1 - bar}
          />
        ))}
      </svg>
      <span className="flex justify-between gap-1.5 text-11 text-ink-3">
        <span className="truncate">{from}</span>
        <span className="truncate">{to}</span>
      </span>
    </>
  );
}
