import type { FlowPoint } from "../flow-graph";
import type { Box } from "./scene";

/** A line along which boxes stand: `at` is its x where it is upright, its y where it lies. */
export type Guide = { axis: "x" | "y"; at: number; from: number; to: number };

type Size = "width" | "height";

/**
 * A dragged box beside others: where an edge comes within `reach` of an edge, or the middle of a middle, it takes that
 * place, on each axis by itself. The guides lead past all that stand on the same line.
 */
export function guideDrag(
  dragged: Box,
  others: readonly Box[],
  reach: number,
): { corner: FlowPoint; guides: Guide[] } {
  const x = nearest(dragged, others, "x", reach);
  const y = nearest(dragged, others, "y", reach);
  const placed = { ...dragged, x: dragged.x + (x?.by ?? 0), y: dragged.y + (y?.by ?? 0) };
  const guides: Guide[] = [];
  if (x !== null) guides.push(lineThrough(placed, others, "x", x.at));
  if (y !== null) guides.push(lineThrough(placed, others, "y", y.at));
  return { corner: { x: placed.x, y: placed.y }, guides };
}

const sizeOf = (axis: "x" | "y"): Size => (axis === "x" ? "width" : "height");

/** Stops that go together; of equally near ones the last is taken. */
const PAIRS = [
  [1, 1],
  [2, 0],
  [0, 2],
  [2, 2],
  [0, 0],
] as const;

/** The near edge, the middle and the far edge. */
function stops(box: Box, axis: "x" | "y"): [number, number, number] {
  const [start, size] = [box[axis], box[sizeOf(axis)]];
  return [start, start + size / 2, start + size];
}

/** The shortest way of an edge onto an edge, or of the middle onto a middle; null where none is in reach. */
function nearest(
  dragged: Box,
  others: readonly Box[],
  axis: "x" | "y",
  reach: number,
): { by: number; at: number } | null {
  let best: { by: number; at: number } | null = null;
  let least = reach;
  const own = stops(dragged, axis);
  for (const other of others) {
    const theirs = stops(other, axis);
    for (const [mine, their] of PAIRS) {
      const by = theirs[their] - own[mine];
      if (Math.abs(by) > least) continue;
      least = Math.abs(by);
      best = { by, at: theirs[their] };
    }
  }
  return best;
}

function lineThrough(placed: Box, others: readonly Box[], axis: "x" | "y", at: number): Guide {
  const across = axis === "x" ? "y" : "x";
  const onLine = [placed, ...others.filter((other) => stops(other, axis).includes(at))];
  return {
    axis,
    at,
    from: Math.min(...onLine.map((box) => box[across])),
    to: Math.max(...onLine.map((box) => box[across] + box[sizeOf(across)])),
  };
}
