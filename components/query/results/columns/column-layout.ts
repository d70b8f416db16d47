import { columnKind } from "@/domain/query/compile/column-kind";
import type { ResultColumn } from "@/domain/query/result-column";

/** Which columns are shown, by their places in the result, in which order, and how wide. */
export type ColumnState = {
  shown: readonly number[];
  /** How many of the first ones stay where they are while the others scroll. */
  pinned: number;
  widths: ReadonlyMap<number, number>;
};

export const NARROWEST = 48;
const WIDEST = 1200;
const WIDEST_AT_FIRST = 320;
const LETTER = 7.4;
const PADDING = 34;
const CELL_PADDING = 20;

/** A width at which the name and usual values of the type can be read. */
export function firstWidth({ name, type }: ResultColumn): number {
  const kind = columnKind(type);
  const letters: number = {
    integer: 9,
    decimal: 12,
    float: 12,
    boolean: 6,
    text: 18,
    date: 10,
    timestamp: 22,
    timestamp_with_zone: 30,
    other: 16,
    nested: 30,
  }[kind];
  const wanted = Math.max(letters, name.length, Math.min(type.length, 20) * 0.9) * LETTER + PADDING;
  return Math.round(Math.min(WIDEST_AT_FIRST, wanted));
}

/** A width at which the name, the type beside the null share, and texts as wide as `widest` are read whole. */
export function fittingWidth(column: ResultColumn, widest: number): number {
  const head = Math.max(column.name.length * LETTER + PADDING, Math.min(column.type.length, 24) * 6.7 + 84);
  return clampWidth(Math.max(head, widest + CELL_PADDING));
}

/** Widths for columns by their widest first value, no wider than is good at first. */
export const firstWidths = (
  columns: readonly ResultColumn[],
  widest: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> =>
  new Map(
    [...widest].map(([column, width]) => [
      column,
      Math.min(WIDEST_AT_FIRST, fittingWidth(columns[column] ?? { name: "", type: "" }, width)),
    ]),
  );

const clampWidth = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

export const firstColumnState = (columns: readonly ResultColumn[]): ColumnState => ({
  shown: columns.map((_, index) => index),
  pinned: 0,
  widths: new Map(),
});

/** Gives widths to columns that have none yet. */
export const withFirstWidths = (state: ColumnState, widths: ReadonlyMap<number, number>): ColumnState => ({
  ...state,
  widths: new Map([...widths, ...state.widths]),
});

export const resizeColumn = (state: ColumnState, column: number, width: number): ColumnState => ({
  ...state,
  widths: new Map(state.widths).set(column, clampWidth(width)),
});

/** Moves a shown column to another place of the order; columns do not leave or enter the pinned ones by it. */
export function moveColumn(state: ColumnState, from: number, to: number): ColumnState {
  const column = state.shown[from];
  if (column === undefined) return state;
  const [low, high] = from < state.pinned ? [0, state.pinned - 1] : [state.pinned, state.shown.length - 1];
  const place = Math.min(high, Math.max(low, to));
  return { ...state, shown: state.shown.toSpliced(from, 1).toSpliced(place, 0, column) };
}

/** The last column that is shown stays. */
export function hideColumn(state: ColumnState, column: number): ColumnState {
  const place = state.shown.indexOf(column);
  if (place < 0 || state.shown.length === 1) return state;
  return {
    ...state,
    shown: state.shown.toSpliced(place, 1),
    pinned: place < state.pinned ? state.pinned - 1 : state.pinned,
  };
}

/** Shows a hidden column behind the shown one that comes before it in the result. */
export function showColumn(state: ColumnState, column: number): ColumnState {
  if (state.shown.includes(column)) return state;
  let place = state.pinned;
  state.shown.forEach((other, index) => {
    if (other < column && index >= state.pinned) place = index + 1;
  });
  return { ...state, shown: state.shown.toSpliced(place, 0, column) };
}

/** Pins a column behind those that are pinned, or lets it go to the first place that scrolls. */
export function togglePinned(state: ColumnState, column: number): ColumnState {
  const place = state.shown.indexOf(column);
  if (place < 0) return state;
  const isPinned = place < state.pinned;
  const pinned = isPinned ? state.pinned - 1 : state.pinned + 1;
  const target = isPinned ? pinned : pinned - 1;
  return { ...state, pinned, shown: state.shown.toSpliced(place, 1).toSpliced(target, 0, column) };
}

/** Where shown columns lie: `lefts[i]` from the first of the part that they are in. */
export type ColumnLayout = {
  shown: readonly number[];
  pinned: number;
  widths: readonly number[];
  lefts: readonly number[];
  pinnedWidth: number;
  scrollWidth: number;
};

export function layOutColumns(state: ColumnState, columns: readonly ResultColumn[]): ColumnLayout {
  const widths = state.shown.map(
    (column) => state.widths.get(column) ?? firstWidth(columns[column] ?? { name: "", type: "" }),
  );
  const lefts: number[] = [];
  let pinnedWidth = 0;
  let scrollWidth = 0;
  widths.forEach((width, index) => {
    if (index < state.pinned) {
      lefts.push(pinnedWidth);
      pinnedWidth += width;
    } else {
      lefts.push(scrollWidth);
      scrollWidth += width;
    }
  });
  return { shown: state.shown, pinned: state.pinned, widths, lefts, pinnedWidth, scrollWidth };
}

/** The scrolling columns `[first, end)` that show between two edges, with one more at either side. */
export function columnsBetween(
  layout: ColumnLayout,
  left: number,
  right: number,
): { first: number; end: number } {
  const { pinned, lefts, widths } = layout;
  const count = lefts.length;
  const first = Math.max(pinned, columnAt(layout, left) - 1);
  let end = first;
  while (end < count && (lefts[end] ?? 0) < right) end += 1;
  const last = Math.min(count, end + 1);
  return { first: widths.length === 0 ? 0 : first, end: last };
}

/** The scrolling column under a place; the nearest one past the ends. */
export function columnAt({ pinned, lefts }: ColumnLayout, left: number): number {
  let low = pinned;
  let high = lefts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lefts[middle] ?? 0) <= left) low = middle + 1;
    else high = middle;
  }
  return Math.max(pinned, low - 1);
}
