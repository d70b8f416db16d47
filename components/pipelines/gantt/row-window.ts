/** The rows from `from` to before `to` are drawn; `above` and `below` is the room of the others, in pixels. */
export type RowWindow = { from: number; to: number; above: number; below: number };

/** Up to here every row is drawn: the page's own search finds them all. */
const DRAWN_WHOLE = 200;
/** Rows on either side of what is seen. */
const BESIDE = 20;

/** Where each row begins in a list of rows of these heights, and where the list ends: [rows + 1]. */
export function rowStarts(heights: readonly number[]): number[] {
  const starts = [0];
  for (const height of heights) starts.push((starts.at(-1) ?? 0) + height);
  return starts;
}

/** Which rows to draw where the list is scrolled to `top` and `room` pixels of it are seen. */
export function rowWindow(starts: readonly number[], top: number, room: number): RowWindow {
  const rows = starts.length - 1;
  const end = starts[rows] ?? 0;
  if (rows <= DRAWN_WHOLE) return { from: 0, to: rows, above: 0, below: 0 };
  const seen = Math.min(Math.max(0, top), Math.max(0, end - room));
  const from = Math.max(0, rowAt(starts, seen) - BESIDE);
  const to = Math.min(rows, rowAt(starts, seen + room) + 1 + BESIDE);
  return { from, to, above: starts[from] ?? 0, below: end - (starts[to] ?? end) };
}

/** The row that holds a height, by halving. */
function rowAt(starts: readonly number[], y: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
