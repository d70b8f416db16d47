import { type Node, useStoreApi } from "@xyflow/react";
import { type RefObject, useState } from "react";
import type { FlowPoint } from "../flow-graph";
import { type Guide, guideDrag } from "../scene/guide-drag";
import { movedTo } from "../scene/moved-to";
import type { Scene } from "../scene/scene";
import { faceBox } from "../scene/scene-boxes";

type Drag = { dragged: ReadonlyMap<string, FlowPoint>; guides: readonly Guide[] };

const REST: Drag = { dragged: new Map(), guides: [] };
/** From how far a line pulls, in pixels of the screen. */
const REACH = 6;

export type FlowDragInput = {
  scene: Scene;
  /** Places in `items` that are mounted: only these are compared. */
  near: RefObject<readonly number[]>;
  /** Corners of nodes and comments, members of collapsed groups among them. */
  corners: ReadonlyMap<string, FlowPoint>;
  selection: ReadonlySet<string>;
  onMove: ((positions: ReadonlyMap<string, FlowPoint>) => void) | undefined;
};

/**
 * A drag moves all that is selected by the same way, mounted or not; the graph learns of it once, at the end. The item
 * under the pointer is drawn to the lines of what stands near.
 */
export function useFlowDrag({ scene, near, corners, selection, onMove }: FlowDragInput) {
  const [drag, setDrag] = useState(REST);
  const store = useStoreApi();
  const follow = ({ id, position }: Node) => {
    const item = scene.items[scene.indexOf.get(id) ?? -1];
    if (item === undefined) return null;
    const ids = selection.has(id) ? selection : new Set([id]);
    const start = item.box;
    const moved = (to: FlowPoint) => movedTo(scene, corners, ids, { x: to.x - start.x, y: to.y - start.y });
    const free = moved(position);
    const others = near.current.flatMap((at) => {
      const other = scene.items[at];
      return other === undefined || other.kind === "frame" || free.shown.has(other.id)
        ? []
        : [faceBox(other)];
    });
    const reach = REACH / store.getState().transform[2];
    const { corner, guides } = guideDrag({ ...faceBox(item), ...position }, others, reach);
    return { ...(guides.length === 0 ? free : moved(corner)), guides };
  };
  return {
    ...drag,
    dragging: {
      onNodeDrag: (_: unknown, node: Node) => {
        const moved = follow(node);
        setDrag(moved === null ? REST : { dragged: moved.shown, guides: moved.guides });
      },
      onNodeDragStop: (_: unknown, node: Node) => {
        const moved = follow(node);
        setDrag(REST);
        if (moved !== null && moved.by !== 0) onMove?.(moved.positions);
      },
    },
  };
}
