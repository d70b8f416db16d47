import type { FlowPoint } from "../flow-graph";
import type { Box } from "./scene";

/** A line along which boxes stand: `at` is its x where it is upright, its y where it lies. */
export type Guide = { axis: "x" | "y"; at: number; from: number; to: number };

type Size = "width" | "height";

/**
 * A dragged box beside others: where an edge or the middle comes within `reach` of theirs, it takes that place, on each
 * axis by itself. The guides lead past all that stand on the same line.
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

/** The near edge, the middle and the far edge. */
function stops(box: Box, axis: "x" | "y"): [number, number, number] {
  const [start, size] = [box[axis], box[sizeOf(axis)]];
  return [start, start + size / 2, start + size];
}

/** The shortest way onto a line of the others; null where none is in reach. */
function nearest(
  dragged: Box,
  others: readonly Box[],
  axis: "x" | "y",
  reach: number,
): { by: number; at: number } | null {
  let best: { by: number; at: number } | null = null;
  const own = stops(dragged, axis);
  for (const other of others)
    for (const at of stops(other, axis))
      for (const stop of own) {
        const by = at - stop;
        if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, at };
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
