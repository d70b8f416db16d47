import { describe, expect, it } from "vitest";
import {
  isScaled,
  rowAtTop,
  scrollOfTop,
  scrollScale,
  TALLEST,
  topAfterScroll,
  topOfScroll,
  topToShow,
} from "./scroll-scale";

const ROW = 24;
const VIEW = 610;

describe.each([1, 100, 10_000_000, 100_000_000])("scrolling over %i rows", (rows) => {
  const scale = scrollScale(rows, ROW, VIEW);

  it("shows the first row at the one end and the last at the other, exactly", () => {
    expect(topOfScroll(scale, 0)).toBe(0);
    expect(rowAtTop(scale, 0)).toEqual({ row: 0, above: 0 });
    const end = topOfScroll(scale, scale.maxScroll);
    expect(end).toBe(scale.maxTop);
    expect(end + VIEW).toBe(Math.max(VIEW, rows * ROW));
    expect(scrollOfTop(scale, end)).toBe(scale.maxScroll);
    expect(topOfScroll(scale, scale.maxScroll - 0.6)).toBeCloseTo(scale.maxTop, isScaled(scale) ? 9 : -1);
  });

  it("never asks the browser for more than it can scroll", () => {
    expect(scale.spacerHeight).toBe(Math.min(rows * ROW, TALLEST));
  });

  it("comes back to the same row from any place", () => {
    for (let share = 0; share <= 1; share += 1 / 512) {
      const row = Math.floor(share * (rows - 1));
      const top = topToShow(scale, row === 0 ? scale.maxTop : 0, row, "nearest");
      const seenFrom = rowAtTop(scale, top).row;
      expect(row).toBeGreaterThanOrEqual(seenFrom);
      expect((row + 1) * ROW).toBeLessThanOrEqual(top + Math.max(VIEW, ROW));
      expect(topOfScroll(scale, scrollOfTop(scale, top))).toBeCloseTo(top, 5);
    }
  });
});

describe("a step of the wheel", () => {
  const scale = scrollScale(100_000_000, ROW, VIEW);

  it("moves the rows by its own pixels, however many rows a pixel of the bar stands for", () => {
    const before = { top: 1_200_000_007, scroll: scrollOfTop(scale, 1_200_000_007) };
    expect(topAfterScroll(scale, before, before.scroll + 24)).toBe(1_200_000_031);
    expect(topAfterScroll(scale, before, before.scroll - 24)).toBe(1_199_999_983);
  });

  it("does not pass an end, and a long move is a jump", () => {
    const near = { top: 10, scroll: scrollOfTop(scale, 10) + 30 };
    expect(topAfterScroll(scale, near, 5)).toBe(0);
    const jump = topAfterScroll(scale, { top: 0, scroll: 0 }, scale.maxScroll / 2);
    expect(jump).toBeCloseTo(scale.maxTop / 2, 3);
    expect(topAfterScroll(scale, { top: 400, scroll: 200 }, 0)).toBe(0);
  });

  it("is the browser's own where nothing is scaled", () => {
    const small = scrollScale(1000, ROW, VIEW);
    expect(isScaled(small)).toBe(false);
    expect(topAfterScroll(small, { top: 100, scroll: 100 }, 17_000)).toBe(17_000);
  });
});

describe("topToShow", () => {
  const scale = scrollScale(100_000_000, ROW, VIEW);

  it("stays where the row is in view", () => {
    expect(topToShow(scale, 240, 12, "nearest")).toBe(240);
    expect(topToShow(scale, 240, 12, "middle")).toBe(240);
  });

  it("puts the row of a jump in the middle, and rows past an edge at that edge", () => {
    const row = 73_500_000;
    const top = topToShow(scale, 0, row, "middle");
    expect(row * ROW - top).toBe((VIEW - ROW) / 2);
    expect(topToShow(scale, 240, 9, "nearest")).toBe(216);
    expect(topToShow(scale, 0, 26, "nearest")).toBe(27 * ROW - VIEW);
  });
});
