import { type Edge, MarkerType, type Node } from "@xyflow/react";
import { useRef } from "react";
import type { FaceData } from "./faces/face-data";
import type { FlowEdge, FlowPoint } from "./flow-graph";
import { FACE_HEIGHT, FACE_WIDTH } from "./scene/node-size";
import type { Mounted } from "./scene/prepare-mounted";
import type { Scene, SceneItem } from "./scene/scene";
import { spokenName } from "./scene/spoken-name";

type FaceNode = Node<FaceData>;

export type ElementState = {
  selection: ReadonlySet<string>;
  tabStop: string | null;
  target: string | null;
  /** Key of the edge that was clicked. */
  edge: string | null;
  canEdit: boolean;
  /** Where what is being dragged stands now. */
  dragged: ReadonlyMap<string, FlowPoint>;
};

/** The mounted part of the scene as React Flow wants it. What did not change keeps its object, and is not drawn again. */
export function useFlowElements(scene: Scene, mounted: Mounted, state: ElementState) {
  const lastNodes = useRef<ReadonlyMap<string, FaceNode>>(new Map());
  const lastEdges = useRef<ReadonlyMap<string, Edge>>(new Map());
  const nodes = new Map<string, FaceNode>();
  for (const at of mounted.items) {
    const item = scene.items[at];
    if (item !== undefined)
      nodes.set(item.id, nodeOf(item, lastNodes.current.get(item.id), scene, mounted, state));
  }
  const edges = new Map<string, Edge>();
  for (const at of mounted.edges) {
    const edge = scene.edges[at];
    if (edge === undefined) continue;
    const isChosen = edge.key === state.edge;
    const last = lastEdges.current.get(edge.key);
    const isSame = last?.data?.look === edge.look && last.data.isChosen === isChosen;
    edges.set(edge.key, isSame ? last : edgeOf(edge, edge.key, isChosen));
  }
  lastNodes.current = nodes;
  lastEdges.current = edges;
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
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
  return {
    id: item.id,
    type: isStage ? "stage" : item.kind,
    position: { x, y },
    width: isStage ? FACE_WIDTH : item.box.width,
    height: isStage ? FACE_HEIGHT : item.box.height,
    zIndex: item.kind === "frame" ? -1 : 0,
    draggable: state.canEdit,
    ...(item.kind === "frame" ? { style: { pointerEvents: "none" as const } } : {}),
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

const LOOKS: Record<FlowEdge["look"], { stroke: string; strokeDasharray?: string }> = {
  solid: { stroke: "var(--ink-2)" },
  waiting: { stroke: "var(--ctl)", strokeDasharray: "5 4" },
  running: { stroke: "var(--accent)", strokeDasharray: "5 4" },
  problem: { stroke: "var(--err)" },
};

function edgeOf({ from, to, look }: FlowEdge, id: string, isChosen: boolean): Edge {
  const line = LOOKS[look];
  const stroke = isChosen ? "var(--accent)" : line.stroke;
  return {
    id,
    source: from,
    target: to,
    type: "smoothstep",
    focusable: false,
    selectable: false,
    data: { look, isChosen },
    markerEnd: { type: MarkerType.ArrowClosed, color: stroke, width: 14, height: 14 },
    style: { ...line, stroke, strokeWidth: isChosen ? 2.5 : 1.5 },
  };
}
