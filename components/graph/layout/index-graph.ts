import type { LayoutGraph } from "./layout-graph";

/** A graph over 0 … count-1 without loops, repeats and cycles. */
export type IndexedGraph = {
  count: number;
  /** Followers and predecessors of each node, in the order of the edges. */
  after: number[][];
  before: number[][];
};

/** Nodes by their place in `nodes`. An edge that closes a cycle is left out, so that what remains has an order. */
export function indexGraph({ nodes, edges }: LayoutGraph): IndexedGraph {
  const count = nodes.length;
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  const all: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (const [from, to] of edges) {
    const [start, end] = [indexOf.get(from), indexOf.get(to)];
    if (start !== undefined && end !== undefined && start !== end) all[start]?.add(end);
  }
  const after = withoutCycles(all);
  const before: number[][] = Array.from({ length: count }, () => []);
  for (const [from, followers] of after.entries()) for (const to of followers) before[to]?.push(from);
  return { count, after, before };
}

const UNSEEN = 0;
const OPEN = 1;
const DONE = 2;

/** Leaves out each edge that leads back to a node whose followers are still being walked. */
function withoutCycles(all: readonly Set<number>[]): number[][] {
  const state = new Uint8Array(all.length);
  const kept: number[][] = all.map(() => []);
  const path: { node: number; rest: Iterator<number> }[] = [];
  const enter = (node: number) => {
    if (state[node] !== UNSEEN) return;
    state[node] = OPEN;
    path.push({ node, rest: (all[node] ?? new Set()).values() });
  };
  for (let root = 0; root < all.length; root += 1) {
    enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { done, value } = step.rest.next();
      if (done) {
        state[step.node] = DONE;
        path.pop();
      } else if (state[value] !== OPEN) {
        kept[step.node]?.push(value);
        enter(value);
      }
    }
  }
  return kept;
}
