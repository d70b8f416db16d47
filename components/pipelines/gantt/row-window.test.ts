import { describe, expect, it } from "vitest";
import { rowStarts, rowWindow } from "./row-window";

const evenly = (rows: number) => rowStarts(Array.from({ length: rows }, () => 25));

describe("rowWindow", () => {
  it("draws all of a short list", () => {
    expect(rowWindow(evenly(200), 3_000, 300)).toEqual({ from: 0, to: 200, above: 0, below: 0 });
  });

  it("draws what is seen of a long one, and some beside it", () => {
    expect(rowWindow(evenly(10_000), 0, 250)).toMatchObject({ from: 0, to: 31, above: 0 });
    expect(rowWindow(evenly(10_000), 2_500, 250)).toEqual({
      from: 80,
      to: 131,
      above: 2_000,
      below: 10_000 * 25 - 131 * 25,
    });
  });

  it("keeps the height of the whole list, wherever it is scrolled, with rows of two heights", () => {
    const heights = Array.from({ length: 1_000 }, (_, index) => (index % 7 === 0 ? 49 : 25));
    const starts = rowStarts(heights);
    const whole = heights.reduce((sum, each) => sum + each, 0);
    for (const top of [0, 1, 24, 25, 9_999, whole - 300, whole, whole * 2]) {
      const { from, to, above, below } = rowWindow(starts, top, 300);
      const drawn = heights.slice(from, to).reduce((sum, each) => sum + each, 0);
      expect(above + drawn + below).toBe(whole);
      const seen = Math.min(top, whole - 300);
      expect(above).toBeLessThanOrEqual(seen);
      expect(above + drawn).toBeGreaterThanOrEqual(seen + 300);
      expect(to - from).toBeLessThan(60);
    }
  });
});
