import type { Node } from "@xyflow/react";
import { useState } from "react";
import type { FlowPoint } from "../flow-graph";
import { movedTo } from "../scene/moved-to";
import type { Scene } from "../scene/scene";

const NOTHING: ReadonlyMap<string, FlowPoint> = new Map();

export type FlowDragInput = {
  scene: Scene;
  /** Corners of nodes and comments, members of collapsed groups among them. */
  corners: ReadonlyMap<string, FlowPoint>;
  selection: ReadonlySet<string>;
  onMove: ((positions: ReadonlyMap<string, FlowPoint>) => void) | undefined;
};

/** A drag moves all that is selected by the same way, mounted or not; the graph learns of it once, at the end. */
export function useFlowDrag({ scene, corners, selection, onMove }: FlowDragInput) {
  const [dragged, setDragged] = useState(NOTHING);
  const targets = (node: Node) => {
    const start = scene.items[scene.indexOf.get(node.id) ?? -1]?.box;
    if (start === undefined) return null;
    const ids = selection.has(node.id) ? selection : new Set([node.id]);
    const by = { x: node.position.x - start.x, y: node.position.y - start.y };
    return movedTo(scene, corners, ids, by);
  };
  return {
    dragged,
    onNodeDrag: (_: unknown, node: Node) => setDragged(targets(node)?.shown ?? NOTHING),
    onNodeDragStop: (_: unknown, node: Node) => {
      const moved = targets(node);
      setDragged(NOTHING);
      if (moved !== null && moved.by !== 0) onMove?.(moved.positions);
    },
  };
}
