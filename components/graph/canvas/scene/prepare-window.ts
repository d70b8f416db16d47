import type { Box } from "./scene";

/** As React Flow has it: where the graph's origin stands in the pane, in pixels of the screen, and its scale. */
export type View = { x: number; y: number; zoom: number };
export type Size = { width: number; height: number };

/** `full` shows a node's three lines, `pill` its key, `dot` is painted and mounts nothing but what is held. */
export type Detail = "full" | "pill" | "dot";

const FULL_FROM = 0.5;
const PILL_FROM = 0.25;
/** Cells that the window is rounded to, in pixels of the screen; so often it changes while the view is dragged. */
const CELL = 128;
/** At least so much around the view is mounted ahead, in pixels of the screen. */
const AHEAD = 48;

/** What is in view and a little more, in whole cells: it changes now and then while the view pans. */
export type Window = Box & { detail: Detail };

export function prepareWindow({ x, y, zoom }: View, { width, height }: Size): Window {
  // Whole powers keep the cells where they are while the zoom glides.
  const cell = CELL / 2 ** Math.round(Math.log2(zoom));
  const [left, top] = [Math.floor((-x - AHEAD) / zoom / cell), Math.floor((-y - AHEAD) / zoom / cell)];
  const right = Math.ceil((width - x + AHEAD) / zoom / cell);
  const bottom = Math.ceil((height - y + AHEAD) / zoom / cell);
  return {
    x: left * cell,
    y: top * cell,
    width: (right - left) * cell,
    height: (bottom - top) * cell,
    detail: zoom >= FULL_FROM ? "full" : zoom >= PILL_FROM ? "pill" : "dot",
  };
}
