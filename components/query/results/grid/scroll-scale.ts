/**
 * Where rows lie when there are more of them than a browser can scroll past. `top` counts pixels of rows from the first row
 * on, `scroll` is what the browser's scroll bar says. Both are the same until the rows are taller than `TALLEST`; above it
 * the bar is a map of the rows: its two ends are exact, and short moves are taken pixel by pixel.
 */
export type ScrollScale = {
  rowHeight: number;
  viewHeight: number;
  /** How tall the element is that the browser scrolls. */
  spacerHeight: number;
  /** The largest `top` and the largest `scroll`. */
  maxTop: number;
  maxScroll: number;
};

/** Chromium stops at some 33.5M px, Firefox at 17.8M. */
export const TALLEST = 12_000_000;

export function scrollScale(rows: number, rowHeight: number, viewHeight: number): ScrollScale {
  const contentHeight = rows * rowHeight;
  const spacerHeight = Math.min(contentHeight, TALLEST);
  return {
    rowHeight,
    viewHeight,
    spacerHeight,
    maxTop: Math.max(0, contentHeight - viewHeight),
    maxScroll: Math.max(0, spacerHeight - viewHeight),
  };
}

export const isScaled = (scale: ScrollScale): boolean => scale.maxTop !== scale.maxScroll;

const clamp = (value: number, max: number): number => Math.min(Math.max(0, value), max);

/** The `top` that a place of the scroll bar stands for. Browsers round the last pixel, so that it counts as the end. */
export function topOfScroll(scale: ScrollScale, scroll: number): number {
  if (!isScaled(scale)) return clamp(scroll, scale.maxTop);
  if (scroll >= scale.maxScroll - 1) return scale.maxTop;
  return clamp((scroll / scale.maxScroll) * scale.maxTop, scale.maxTop);
}

export function scrollOfTop(scale: ScrollScale, top: number): number {
  if (!isScaled(scale)) return clamp(top, scale.maxScroll);
  if (top >= scale.maxTop) return scale.maxScroll;
  return clamp((top / scale.maxTop) * scale.maxScroll, scale.maxScroll);
}

/**
 * The `top` after the browser scrolled from one place to another by itself. A step within a screen is a wheel, a finger or an
 * arrow of the bar and moves the rows by as much; what is further is a jump of the thumb.
 */
export function topAfterScroll(
  scale: ScrollScale,
  before: { top: number; scroll: number },
  scroll: number,
): number {
  const step = scroll - before.scroll;
  const isShort = Math.abs(step) <= scale.viewHeight;
  const isEnd = scroll <= 0 || scroll >= scale.maxScroll - 1;
  if (!isScaled(scale) || !isShort || isEnd) return topOfScroll(scale, scroll);
  return clamp(before.top + step, scale.maxTop);
}

/** The row at the top edge, and how many of its pixels are above it. */
export function rowAtTop(scale: ScrollScale, top: number): { row: number; above: number } {
  const row = Math.floor(top / scale.rowHeight);
  return { row, above: top - row * scale.rowHeight };
}

/** The `top` that shows a row: unchanged where it is in view, else at the nearer edge, or in the middle for a jump. */
export function topToShow(scale: ScrollScale, top: number, row: number, at: "nearest" | "middle"): number {
  const start = row * scale.rowHeight;
  const end = start + scale.rowHeight;
  const isSeen = start >= top && end <= top + scale.viewHeight;
  if (isSeen) return top;
  if (at === "middle") return clamp(start - (scale.viewHeight - scale.rowHeight) / 2, scale.maxTop);
  return clamp(start < top ? start : end - scale.viewHeight, scale.maxTop);
}
