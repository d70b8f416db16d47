/** A cell by its row and by the place of its column among the shown ones. Row −1 is the head. */
export type Place = { row: number; column: number };

/** Rows `top` to `bottom` and columns `left` to `right`, both included. */
export type Range = { top: number; bottom: number; left: number; right: number };

/** What is selected: `active` has the focus and is a corner of the last range, `anchor` is the one across. */
export type Selection = { active: Place; anchor: Place; ranges: readonly Range[] };

export type GridSize = { rows: number; columns: number };

const between = (a: Place, b: Place): Range => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
});

export const FIRST_CELL: Selection = {
  active: { row: 0, column: 0 },
  anchor: { row: 0, column: 0 },
  ranges: [],
};

/** One cell alone; a head cell has the focus and selects nothing. */
export const selectCell = (place: Place): Selection => ({
  active: place,
  anchor: place,
  ranges: place.row < 0 ? [] : [between(place, place)],
});

/** The last range, drawn from its anchor to another place. */
export function extendTo(selection: Selection, place: Place): Selection {
  const anchor = selection.anchor.row < 0 ? { ...selection.anchor, row: 0 } : selection.anchor;
  const target = { ...place, row: Math.max(0, place.row) };
  return { active: target, anchor, ranges: [...selection.ranges.slice(0, -1), between(anchor, target)] };
}

/** One more cell beside what is selected. */
export const addCell = (selection: Selection, place: Place): Selection => ({
  active: place,
  anchor: place,
  ranges: [...selection.ranges, between(place, place)],
});

/** Whole rows from `anchor` to `row`, beside the rest where `isMore`. */
export function selectRows(
  selection: Selection,
  anchor: number,
  row: number,
  size: GridSize,
  isMore: boolean,
): Selection {
  const range = between({ row: anchor, column: 0 }, { row, column: size.columns - 1 });
  return {
    active: { row, column: selection.active.column },
    anchor: { row: anchor, column: 0 },
    ranges: isMore ? [...selection.ranges, range] : [range],
  };
}

export function selectColumns(selection: Selection, from: number, to: number, size: GridSize): Selection {
  const range = between({ row: 0, column: from }, { row: size.rows - 1, column: to });
  return { ...selection, anchor: { row: 0, column: from }, ranges: size.rows === 0 ? [] : [range] };
}

export const selectAll = (selection: Selection, size: GridSize): Selection =>
  size.rows === 0 ? selection : selectColumns({ ...selection }, 0, size.columns - 1, size);

export const isSelected = (selection: Selection, { row, column }: Place): boolean =>
  selection.ranges.some(
    ({ top, bottom, left, right }) => row >= top && row <= bottom && column >= left && column <= right,
  );

/** The selected columns of a row as text, alike for rows that are drawn alike: `0-3 7-7`. */
export function spansOfRow(selection: Selection, row: number): string {
  let spans = "";
  for (const { top, bottom, left, right } of selection.ranges) {
    if (row >= top && row <= bottom) spans += `${spans === "" ? "" : " "}${left}-${right}`;
  }
  return spans;
}

export function isInSpans(spans: string, column: number): boolean {
  if (spans === "") return false;
  return spans.split(" ").some((span) => {
    const [left = 0, right = -1] = span.split("-").map(Number);
    return column >= left && column <= right;
  });
}

/** What a copy takes: runs of rows `[first, last]` and columns, or null where the ranges are no rectangle together. */
export function selectedBlock(
  selection: Selection,
): { rows: { first: number; last: number }[]; columns: number[] } | null {
  const [start] = selection.ranges;
  if (start === undefined) return null;
  const { ranges } = selection;
  const sameColumns = ranges.every(({ left, right }) => left === start.left && right === start.right);
  const sameRows = ranges.every(({ top, bottom }) => top === start.top && bottom === start.bottom);
  if (!sameColumns && !sameRows) return null;
  const rows = mergeRuns(ranges.map(({ top, bottom }) => ({ first: top, last: bottom })));
  const columns = mergeRuns(ranges.map(({ left, right }) => ({ first: left, last: right }))).flatMap(
    ({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  return { rows, columns };
}

type Run = { first: number; last: number };

function mergeRuns(runs: Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before !== undefined && run.first <= before.last + 1) before.last = Math.max(before.last, run.last);
    else merged.push({ ...run });
  }
  return merged;
}

/** `12 rows × 3 columns`, or null for no more than one cell. */
export function selectionSize(selection: Selection): { rows: number; columns: number } | null {
  const block = selectedBlock(selection);
  if (block === null) return null;
  const rows = block.rows.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return rows * block.columns.length > 1 ? { rows, columns: block.columns.length } : null;
}

/** The selection after rows went away: nothing beyond the end, the focus inside. */
export function withinSize(selection: Selection, { rows, columns }: GridSize): Selection {
  const inside = ({ row, column }: Place): Place => ({
    row: Math.min(row, rows - 1),
    column: Math.max(0, Math.min(column, columns - 1)),
  });
  const fits = ({ bottom, right }: Range) => bottom < rows && right < columns;
  if (fits(between(selection.active, selection.anchor)) && selection.ranges.every(fits)) return selection;
  return {
    active: inside(selection.active),
    anchor: inside(selection.anchor),
    ranges: selection.ranges
      .filter(({ top, left }) => top < rows && left < columns)
      .map((range) => ({
        ...range,
        bottom: Math.min(range.bottom, rows - 1),
        right: Math.min(range.right, columns - 1),
      })),
  };
}
