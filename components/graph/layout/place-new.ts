import { indexGraph } from "./index-graph";
import {
  CHAIN_GAP,
  COLUMN_GAP,
  GRID_STEP,
  type LayoutGraph,
  type LayoutNode,
  type Places,
} from "./layout-graph";
import { topologicalOrder } from "./topological-order";

/** How far a free place is looked for to either side before the next row is tried. */
const MOST_STEPS = 24;
const CELL = 512;

/**
 * Places for the nodes that `known` lacks, each under what comes before it (else above what follows, else under all
 * the rest), at the nearest free spot. What is known does not move. Returns the places of all nodes of the graph.
 */
export function placeNew(graph: LayoutGraph, known: ReadonlyMap<string, { x: number; y: number }>): Places {
  const { nodes } = graph;
  const indexed = indexGraph(graph);
  const result: Places = new Map();
  const taken = freeSpace();
  let bottom = 0;
  const put = (node: LayoutNode, x: number, y: number) => {
    result.set(node.id, { x, y });
    taken.add(node, x, y);
    bottom = Math.max(bottom, y + node.height);
  };
  for (const node of nodes) {
    const place = known.get(node.id);
    if (place !== undefined) put(node, place.x, place.y);
  }
  const placed = (list: readonly number[]) =>
    list.flatMap((one) => {
      const node = nodes[one];
      const place = node === undefined ? undefined : result.get(node.id);
      return node === undefined || place === undefined ? [] : [{ ...place, node }];
    });
  for (const at of topologicalOrder(indexed)) {
    const node = nodes[at];
    if (node === undefined || result.has(node.id)) continue;
    const [before, after] = [placed(indexed.before[at] ?? []), placed(indexed.after[at] ?? [])];
    const near = before.length > 0 ? before : after;
    const line = near.reduce((sum, one) => sum + one.x + one.node.width / 2, 0) / Math.max(1, near.length);
    const x = near.length > 0 ? snapped(line - node.width / 2) : 0;
    const free = taken.nearest(node, x, snapped(wishedTop(node, before, after) ?? bottom + CHAIN_GAP));
    put(node, free.x, free.y);
  }
  return result;
}

type Placed = { y: number; node: LayoutNode };

function wishedTop(node: LayoutNode, before: readonly Placed[], after: readonly Placed[]): number | null {
  if (before.length > 0) return Math.max(...before.map((one) => one.y + one.node.height)) + CHAIN_GAP;
  return after.length > 0 ? Math.min(...after.map((one) => one.y)) - CHAIN_GAP - node.height : null;
}

const snapped = (length: number) => Math.round(length / GRID_STEP) * GRID_STEP;

/** Boxes by the cells that they touch. */
function freeSpace() {
  const cells = new Map<string, { x: number; y: number; right: number; bottom: number }[]>();
  const touched = (x: number, y: number, right: number, bottom: number) => {
    const keys: string[] = [];
    for (let column = Math.floor(x / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(y / CELL); row <= Math.floor(bottom / CELL); row += 1)
        keys.push(`${column},${row}`);
    }
    return keys;
  };
  const isFree = (node: LayoutNode, x: number, y: number) => {
    const [right, bottom] = [x + node.width + node.aside + COLUMN_GAP / 2, y + node.height + GRID_STEP];
    return touched(x, y, right, bottom).every((key) =>
      (cells.get(key) ?? []).every(
        (box) =>
          box.x >= right || box.right + COLUMN_GAP / 2 <= x || box.y >= bottom || box.bottom + GRID_STEP <= y,
      ),
    );
  };
  return {
    add(node: LayoutNode, x: number, y: number) {
      const box = { x, y, right: x + node.width + node.aside, bottom: y + node.height };
      for (const key of touched(x, y, box.right, box.bottom)) {
        const list = cells.get(key);
        if (list === undefined) cells.set(key, [box]);
        else list.push(box);
      }
    },
    nearest(node: LayoutNode, x: number, y: number) {
      const [aside, below] = [
        snapped(node.width + node.aside + COLUMN_GAP),
        snapped(node.height + CHAIN_GAP),
      ];
      for (let row = 0; ; row += 1) {
        for (let step = 0; step <= MOST_STEPS; step += 1) {
          const side = step % 2 === 1 ? (step + 1) / 2 : -step / 2;
          const [tryX, tryY] = [x + side * aside, y + row * below];
          if (isFree(node, tryX, tryY)) return { x: tryX, y: tryY };
        }
      }
    },
  };
}
