import type { LayoutGraph } from "./layout-graph";

/** Grows with every change of what a layout gives for the same graph, so that older ones are not taken from a cache. */
const ALGORITHM = 1;

/** 53 bits of a graph's shape (cyrb53 over its ids, sizes and edges): equal graphs give equal texts. */
export function hashGraph({ nodes, edges }: LayoutGraph): string {
  let [high, low] = [0xdeadbeef ^ ALGORITHM, 0x41c6ce57];
  const mix = (code: number) => {
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  };
  const mixText = (text: string) => {
    for (let at = 0; at < text.length; at += 1) mix(text.charCodeAt(at));
    mix(0);
  };
  for (const { id, width, height, aside } of nodes) {
    mixText(id);
    for (const length of [width, height, aside]) mix(length);
  }
  mix(1);
  for (const [from, to] of edges) {
    mixText(from);
    mixText(to);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
