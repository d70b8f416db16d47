import { type Node, Position } from "@xyflow/react";
import { useRef } from "react";
import type { FaceData } from "../faces/face-data";
import type { FlowPoint } from "../flow-graph";
import { FACE_HEIGHT, FACE_WIDTH } from "../scene/node-size";
import type { Mounted } from "../scene/prepare-mounted";
import type { Scene, SceneItem } from "../scene/scene";
import { spokenName } from "../scene/spoken-name";

type FaceNode = Node<FaceData>;

const PORTS = [
  { type: "target" as const, position: Position.Top, x: FACE_WIDTH / 2, y: 0, width: 0, height: 0 },
  {
    type: "source" as const,
    position: Position.Bottom,
    x: FACE_WIDTH / 2,
    y: FACE_HEIGHT,
    width: 0,
    height: 0,
  },
];

export type ElementState = {
  selection: ReadonlySet<string>;
  tabStop: string | null;
  target: string | null;
  canEdit: boolean;
  /** Where what is being dragged stands now. */
  dragged: ReadonlyMap<string, FlowPoint>;
};

/** The mounted items as React Flow wants them. What did not change keeps its object, and is not drawn again. */
export function useFlowElements(scene: Scene, mounted: Mounted, state: ElementState) {
  const lastNodes = useRef<ReadonlyMap<string, FaceNode>>(new Map());
  const nodes = new Map<string, FaceNode>();
  for (const at of mounted.items) {
    const item = scene.items[at];
    if (item !== undefined)
      nodes.set(item.id, nodeOf(item, lastNodes.current.get(item.id), scene, mounted, state));
  }
  lastNodes.current = nodes;
  return [...nodes.values()];
}

function nodeOf(
  item: SceneItem,
  last: FaceNode | undefined,
  scene: Scene,
  { detail }: Mounted,
  state: ElementState,
): FaceNode {
  const data: FaceData = {
    item,
    detail: detail === "dot" ? "pill" : detail,
    isTabStop: state.tabStop === item.id,
    isSelected: state.selection.has(item.id),
    isTarget: state.target === item.id,
    canConnect: state.canEdit && item.kind === "node",
    spoken: spokenName(scene, item),
  };
  const { x, y } = state.dragged.get(item.id) ?? item.box;
  const kept = last !== undefined && isSameFace(last.data, data) ? last.data : data;
  if (last !== undefined && kept === last.data && last.position.x === x && last.position.y === y) return last;
  const isStage = item.kind === "node" || item.kind === "group";
  const { width, height } = isStage ? { width: FACE_WIDTH, height: FACE_HEIGHT } : item.box;
  const isDragged = state.dragged.has(item.id);
  return {
    id: item.id,
    type: isStage ? "stage" : item.kind,
    position: { x, y },
    width,
    height,
    // Known beforehand, so that React Flow measures nothing.
    measured: { width, height },
    ...(isStage ? { handles: PORTS } : {}),
    zIndex: (item.kind === "frame" ? -1 : 0) + (isDragged ? 2 : 0),
    draggable: state.canEdit,
    // React Flow takes the pointer from what cannot be dragged; a reader points and clicks all the same.
    style: { pointerEvents: item.kind === "frame" ? "none" : "all" },
    data: kept,
  };
}

function isSameFace(one: FaceData, other: FaceData): boolean {
  return (
    one.detail === other.detail &&
    one.isTabStop === other.isTabStop &&
    one.isSelected === other.isSelected &&
    one.isTarget === other.isTarget &&
    one.canConnect === other.canConnect &&
    one.spoken === other.spoken &&
    contentOf(one.item) === contentOf(other.item) &&
    one.item.box.width === other.item.box.width &&
    one.item.box.height === other.item.box.height
  );
}

function contentOf(item: SceneItem) {
  if (item.kind === "frame") return item.group;
  return item.kind === "comment" ? item.comment : item.face;
}
