import { assignColumns } from "./assign-columns";
import { assignLayers } from "./assign-layers";
import { connectedParts } from "./connected-parts";
import { indexGraph } from "./index-graph";
import { layeredGraph } from "./layered-graph";
import {
  CHAIN_GAP,
  COLUMN_GAP,
  GRID_STEP,
  LAYER_GAP,
  type LayoutGraph,
  type LayoutNode,
  type Place,
  type Places,
} from "./layout-graph";
import { orderRows } from "./order-rows";
import { topologicalOrder } from "./topological-order";

/** A bend keeps this much free at both sides of its edge. */
const BEND_REACH = 12;

type Part = { width: number; height: number; places: Places };

/**
 * A whole graph from top to bottom in layers. Depends on the shape alone: the same graph gives the same places, and
 * no two boxes overlap. Parts without a tie stand one under the other, or beside each other where there are many.
 */
export function layOutGraph(graph: LayoutGraph): Places {
  const indexed = indexGraph(graph);
  const parts = connectedParts(indexed).map((members) => {
    const inPart = new Map(members.map((node, at) => [node, at]));
    const renumber = (list: readonly number[][]) =>
      members.map((node) => (list[node] ?? []).map((one) => inPart.get(one) ?? 0));
    const nodes = members.flatMap((node) => graph.nodes[node] ?? []);
    return layOutPart(nodes, renumber(indexed.after), renumber(indexed.before));
  });
  return pack(parts);
}

function layOutPart(nodes: readonly LayoutNode[], after: number[][], before: number[][]): Part {
  const part = { count: nodes.length, after, before };
  const layers = assignLayers(part, topologicalOrder(part));
  const layered = layeredGraph(part, layers);
  const rows = orderRows(layered);
  const half = COLUMN_GAP / 2;
  const left = new Float64Array(layered.count).fill(BEND_REACH);
  const right = new Float64Array(layered.count).fill(BEND_REACH);
  for (const [at, node] of nodes.entries()) {
    left[at] = node.width / 2 + half;
    right[at] = node.width / 2 + node.aside + half;
  }
  const lines = assignColumns(layered, rows, nodes.length, { left, right });

  return settle(nodes, rows, lines);
}

/** Corners from lines: one row under the other, with more room between them where edges branch. */
function settle(nodes: readonly LayoutNode[], rows: readonly number[][], lines: Float64Array): Part {
  const places: Places = new Map();
  let [first, last, top] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const gap = rows.every((row) => row.length <= 1) ? CHAIN_GAP : LAYER_GAP;
  for (const row of rows) {
    let tallest = 0;
    for (const at of row) {
      const node = nodes[at];
      if (node === undefined) continue;
      const x = Math.round(((lines[at] ?? 0) - node.width / 2) / GRID_STEP) * GRID_STEP;
      places.set(node.id, { x, y: top });
      first = Math.min(first, x);
      last = Math.max(last, x + node.width + node.aside);
      tallest = Math.max(tallest, node.height);
    }
    top += onGrid(tallest + gap);
  }
  for (const place of places.values()) place.x -= first;
  return { width: last - first, height: top, places };
}

/** Shelves from left to right; as wide as the widest part, or as a square of all of them. */
function pack(parts: readonly Part[]): Places {
  const area = parts.reduce((sum, { width, height }) => sum + (width + COLUMN_GAP) * height, 0);
  const limit = Math.max(Math.sqrt(area), ...parts.map(({ width }) => width));
  const result: Places = new Map();
  let [x, y, tallest] = [0, 0, 0];
  for (const { width, height, places } of parts) {
    if (x > 0 && x + width > limit) {
      y += tallest;
      [x, tallest] = [0, 0];
    }
    for (const [id, place] of places) result.set(id, moved(place, x, y));
    x += onGrid(width + COLUMN_GAP);
    tallest = Math.max(tallest, height);
  }
  return result;
}

const onGrid = (length: number) => Math.ceil(length / GRID_STEP) * GRID_STEP;

const moved = ({ x, y }: Place, byX: number, byY: number): Place => ({ x: x + byX, y: y + byY });
