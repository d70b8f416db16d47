import type { IndexedGraph } from "./index-graph";

/** Every node after all that come before it; otherwise in the order of the document. */
export function topologicalOrder({ count, after, before }: IndexedGraph): number[] {
  const waits = before.map((list) => list.length);
  const order: number[] = [];
  for (let node = 0; node < count; node += 1) if (waits[node] === 0) order.push(node);
  for (let at = 0; at < order.length; at += 1) {
    for (const next of after[order[at] ?? 0] ?? []) {
      const left = (waits[next] ?? 0) - 1;
      waits[next] = left;
      if (left === 0) order.push(next);
    }
  }
  return order;
}
