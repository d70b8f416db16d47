import type { IndexedGraph } from "./index-graph";

/** Nodes that are tied to each other, directly or not, as one part; parts in the order of their first node. */
export function connectedParts({ count, after, before }: IndexedGraph): number[][] {
  const isMet = new Uint8Array(count);
  const parts: number[][] = [];
  for (let root = 0; root < count; root += 1) {
    if (isMet[root] === 1) continue;
    isMet[root] = 1;
    const part = [root];
    const meet = (node: number) => {
      if (isMet[node] === 0) part.push(node);
      isMet[node] = 1;
    };
    for (let at = 0; at < part.length; at += 1) {
      const node = part[at] ?? 0;
      after[node]?.forEach(meet);
      before[node]?.forEach(meet);
    }
    parts.push(part.sort((one, other) => one - other));
  }
  return parts;
}
