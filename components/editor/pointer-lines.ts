import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import { pointerSteps } from "@/domain/shared/json-pointer";

/**
 * Tells the line (from 1) of JSON text, comments allowed, at which the value of a JSON pointer stands, or of the nearest
 * value around it; null where the text is nothing of the kind. The text is read once for all pointers.
 */
export function pointerLines(text: string): (pointer: string) => number | null {
  let read: { tree: Node | undefined; starts: number[] } | null = null;
  return (pointer) => {
    read ??= { tree: parseTree(text, [], { allowTrailingComma: true }), starts: lineStarts(text) };
    if (read.tree === undefined) return null;
    let node = read.tree;
    for (const step of pointerSteps(pointer)) {
      const next = findNodeAtLocation(node, [
        node.type === "array" && /^\d+$/.test(step) ? Number(step) : step,
      ]);
      if (next === undefined) break;
      node = next;
    }
    return lineAt(read.starts, node.offset);
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The last start that is not behind the offset, by halving. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
