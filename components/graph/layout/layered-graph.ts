import type { IndexedGraph } from "./index-graph";

/** Layers of nodes and of bends: the points where an edge crosses a layer between its ends. */
export type LayeredGraph = {
  /** Nodes keep their index; bends follow. */
  count: number;
  /** Ties to the layer above and to the layer below. */
  up: number[][];
  down: number[][];
  /** Members of each layer, from left to right. */
  rows: number[][];
};

/** Past so many bends an edge pulls on its ends only: dense and deep graphs would drown in bends. */
const MOST_BENDS = 40_000;

/** Members stand in the order in which a walk from the roots meets them, which keeps relatives together. */
export function layeredGraph(graph: IndexedGraph, layers: Int32Array): LayeredGraph {
  const longest = longestSpan(graph, layers);
  const { after, count } = graph;
  const up: number[][] = Array.from({ length: count }, () => []);
  const down: number[][] = Array.from({ length: count }, () => []);
  const layerOf = [...layers];
  const tie = (above: number, below: number) => {
    down[above]?.push(below);
    up[below]?.push(above);
  };
  const follow = (from: number, to: number) => {
    const [start, end] = [layers[from] ?? 0, layers[to] ?? 0];
    let last = from;
    for (let layer = start + 1; layer < end && end - start <= longest; layer += 1) {
      const bend = layerOf.push(layer) - 1;
      up.push([]);
      down.push([]);
      tie(last, bend);
      last = bend;
    }
    tie(last, to);
  };
  for (const [from, followers] of after.entries()) for (const to of followers) follow(from, to);
  return { count: layerOf.length, up, down, rows: walkRows(layerOf, up, down) };
}

/** The longest span of an edge that still gets its bends. */
function longestSpan({ after, count }: IndexedGraph, layers: Int32Array): number {
  const bendsBySpan = new Map<number, number>();
  for (let from = 0; from < count; from += 1) {
    for (const to of after[from] ?? []) {
      const span = (layers[to] ?? 0) - (layers[from] ?? 0);
      bendsBySpan.set(span, (bendsBySpan.get(span) ?? 0) + span - 1);
    }
  }
  let [bends, longest] = [0, 1];
  for (const [span, more] of [...bendsBySpan].sort(([one], [other]) => one - other)) {
    bends += more;
    if (bends > MOST_BENDS) break;
    longest = span;
  }
  return longest;
}

function walkRows(layerOf: readonly number[], up: number[][], down: number[][]): number[][] {
  const rows: number[][] = Array.from(
    { length: layerOf.reduce((most, one) => Math.max(most, one), 0) + 1 },
    () => [],
  );
  const isMet = new Uint8Array(layerOf.length);
  const roots = [...layerOf.keys()].filter((node) => (up[node]?.length ?? 0) === 0);
  const stack = roots.reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isMet[node] === 1) continue;
    isMet[node] = 1;
    rows[layerOf[node] ?? 0]?.push(node);
    for (const next of (down[node] ?? []).toReversed()) stack.push(next);
  }
  return rows;
}
