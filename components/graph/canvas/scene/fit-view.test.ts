import { describe, expect, it } from "vitest";
import { bringIn, firstView, fitView } from "./fit-view";

const size = { width: 1000, height: 600 };

describe("fitView", () => {
  it("shows all of a box, never larger than life", () => {
    expect(fitView({ x: 0, y: 0, width: 312, height: 70 }, size)).toEqual({ zoom: 1, x: 344, y: 265 });
    const { zoom, x, y } = fitView({ x: 100, y: 0, width: 36_000, height: 12_000 }, size);
    expect(100 * zoom + x).toBeGreaterThanOrEqual(0);
    expect(36_100 * zoom + x).toBeLessThanOrEqual(1000);
    expect(12_000 * zoom + y).toBeLessThanOrEqual(600);
  });
});

describe("firstView", () => {
  it("starts at the top of a graph that is too large to be read as a whole", () => {
    const start = { x: 0, y: 0, width: 312, height: 70 };
    const { zoom, x, y } = firstView({ x: 0, y: 0, width: 312, height: 96_000 }, start, size);
    expect([zoom, y]).toEqual([1, 24]);
    expect(156 * zoom + x).toBe(500);
  });

  it("shows a wide graph whole where it is only looked at", () => {
    const start = { x: 1_000, y: 0, width: 312, height: 70 };
    const wide = { x: 0, y: 0, width: 3_000, height: 300 };
    expect(firstView(wide, start, size).zoom).toBe(0.5);
    expect(firstView(wide, start, size, true)).toEqual(fitView(wide, size));
  });
});

describe("bringIn", () => {
  it("moves the view only as far as needed, and not for what is inside", () => {
    const view = { x: 0, y: 0, zoom: 1 };
    expect(bringIn({ x: 100, y: 100, width: 312, height: 70 }, view, size)).toBeNull();
    expect(bringIn({ x: 100, y: 600, width: 312, height: 70 }, view, size)).toEqual({
      x: 0,
      y: -94,
      zoom: 1,
    });
    expect(bringIn({ x: -50, y: 100, width: 312, height: 70 }, view, size)).toEqual({ x: 74, y: 0, zoom: 1 });
  });
});
