import { expect, it } from "vitest";
import { guideDrag } from "./guide-drag";
import type { Box } from "./scene";

const box = (x: number, y: number, width = 100, height = 40): Box => ({ x, y, width, height });

it("takes the place of an edge that is near, and draws the line past all that stand on it", () => {
  const { corner, guides } = guideDrag(box(204, 300), [box(200, 0), box(200, 100), box(500, 0)], 6);
  expect(corner).toEqual({ x: 200, y: 300 });
  expect(guides).toEqual([{ axis: "x", at: 200, from: 0, to: 340 }]);
});

it("brings the middle of a smaller box under the middle of a larger one", () => {
  const { corner, guides } = guideDrag(box(127, 200, 50), [box(100, 0)], 6);
  expect(corner).toEqual({ x: 125, y: 200 });
  expect(guides).toEqual([{ axis: "x", at: 150, from: 0, to: 240 }]);
});

it("guides both axes by themselves, each by its nearest neighbour", () => {
  const { corner, guides } = guideDrag(box(403, 98), [box(400, 300), box(0, 100), box(0, 94)], 6);
  expect(corner).toEqual({ x: 400, y: 100 });
  expect(guides.map(({ axis, at }) => [axis, at])).toEqual([
    ["x", 400],
    ["y", 100],
  ]);
});

it("leaves alone what is out of reach, and an edge beside a middle", () => {
  for (const x of [207, 252])
    expect(guideDrag(box(x, 207), [box(200, 0)], 6)).toEqual({ corner: { x, y: 207 }, guides: [] });
});
