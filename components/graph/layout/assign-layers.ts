import type { IndexedGraph } from "./index-graph";

/**
 * The layer of each node, from 0: one below the lowest that comes before it. What has nothing before it moves down to
 * just above its first follower, so that edges stay short.
 */
export function assignLayers({ after, before }: IndexedGraph, order: readonly number[]): Int32Array {
  const layers = new Int32Array(order.length);
  for (const node of order) {
    let layer = 0;
    for (const one of before[node] ?? []) layer = Math.max(layer, (layers[one] ?? 0) + 1);
    layers[node] = layer;
  }
  for (const node of order) {
    const followers = after[node] ?? [];
    if ((before[node]?.length ?? 0) > 0 || followers.length === 0) continue;
    let first = Number.POSITIVE_INFINITY;
    for (const one of followers) first = Math.min(first, layers[one] ?? 0);
    layers[node] = first - 1;
  }
  return layers;
}
