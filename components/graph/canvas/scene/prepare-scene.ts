import { Layers } from "lucide-react";
import { formatCount } from "@/components/ui/format";
import { indexGraph } from "../../layout/index-graph";
import { topologicalOrder } from "../../layout/topological-order";
import type { FlowEdge, FlowGraph, FlowGroup, FlowNode } from "../flow-graph";
import {
  COMMENT_HEIGHT,
  COMMENT_WIDTH,
  FACE_HEIGHT,
  FACE_WIDTH,
  FRAME_HEAD,
  FRAME_PAD,
  nodeSize,
} from "./node-size";
import type { Box, Scene, SceneEdge, SceneFrame, SceneItem, SceneStage } from "./scene";

type Stage = Omit<SceneStage, "step">;

/** A graph as it is drawn: collapsed groups stand for their members, and edges lead to what stands there. */
export function prepareScene({ nodes, edges, groups, comments }: FlowGraph): Scene {
  const { stages, frames, shownAs } = stagesOf(nodes, groups);
  const shownEdges = edgesOf(edges, shownAs);
  const indexed = indexGraph({
    nodes: stages.map(({ id }) => ({ id, width: 0, height: 0, aside: 0 })),
    edges: shownEdges.map(({ from, to }) => [from, to] as const),
  });
  const ordered = topologicalOrder(indexed).flatMap((at) => stages[at] ?? []);
  const items: SceneItem[] = [
    ...frames,
    ...ordered.map((stage, at) => ({ ...stage, step: at + 1 })),
    ...comments.map((comment) => ({
      kind: "comment" as const,
      id: comment.id,
      comment,
      box: { ...comment.position, width: COMMENT_WIDTH, height: COMMENT_HEIGHT },
    })),
  ];
  const indexOf = new Map(items.map(({ id }, at) => [id, at]));
  const after: number[][] = items.map(() => []);
  const before: number[][] = items.map(() => []);
  const sceneEdges: SceneEdge[] = [];
  for (const { from, to, look } of shownEdges) {
    const [start, end] = [indexOf.get(from), indexOf.get(to)];
    if (start === undefined || end === undefined) continue;
    after[start]?.push(end);
    before[end]?.push(start);
    sceneEdges.push({ key: `${from}>${to}`, from, to, look, start, end });
  }
  return {
    items,
    indexOf,
    edges: sceneEdges,
    after,
    before,
    stages: stages.length,
    bounds: around(items.map(({ box }) => box)),
  };
}

/** Nodes that are seen, the frames of expanded groups, and under which id each node is drawn. */
function stagesOf(nodes: readonly FlowNode[], groups: readonly FlowGroup[]) {
  const shownAs = new Map<string, string>();
  for (const { id, members, isCollapsed } of groups)
    if (isCollapsed) for (const member of members) shownAs.set(member, id);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stages: Stage[] = [];
  const frames: SceneFrame[] = [];
  for (const node of nodes) {
    if (shownAs.has(node.id)) continue;
    shownAs.set(node.id, node.id);
    stages.push({ kind: "node", id: node.id, face: node, stands: [node.id], box: boxOf(node) });
  }
  for (const group of groups) {
    const members = group.members.flatMap((id) => byId.get(id) ?? []);
    if (members.length === 0) continue;
    const box = around(members.map(boxOf));
    if (group.isCollapsed) stages.push(collapsed(group, members, box));
    else frames.push({ kind: "frame", id: group.id, group, box: framed(box) });
  }
  return { stages, frames, shownAs };
}

function boxOf(node: FlowNode): Box {
  const { width, height, aside } = nodeSize(node);
  return { ...node.position, width: width + aside, height };
}

function collapsed({ id, label }: FlowGroup, members: readonly FlowNode[], { x, y }: Box): Stage {
  const sum = (count: (node: FlowNode) => number) => members.reduce((all, node) => all + count(node), 0);
  const [errors, warnings] = [sum((node) => node.errors), sum((node) => node.warnings)];
  return {
    kind: "group",
    id,
    stands: members.map((member) => member.id),
    box: { x, y, width: FACE_WIDTH, height: FACE_HEIGHT },
    face: {
      label,
      kind: "Group",
      icon: Layers,
      state: null,
      sentence: formatCount(members.length, "task"),
      facts: members.map((member) => member.label).join(", "),
      errors,
      warnings,
      writes: [],
    },
  };
}

/** Edges between what is drawn, each once; one that leads into its own group is not seen. */
function edgesOf(edges: readonly FlowEdge[], shownAs: ReadonlyMap<string, string>): FlowEdge[] {
  const result = new Map<string, FlowEdge>();
  for (const { from, to, look } of edges) {
    const [start, end] = [shownAs.get(from), shownAs.get(to)];
    if (start === undefined || end === undefined || start === end) continue;
    const key = `${start}>${end}`;
    if (!result.has(key)) result.set(key, { from: start, to: end, look });
  }
  return [...result.values()];
}

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: FACE_WIDTH, height: FACE_HEIGHT };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const framed = ({ x, y, width, height }: Box): Box => ({
  x: x - FRAME_PAD,
  y: y - FRAME_HEAD,
  width: width + 2 * FRAME_PAD,
  height: height + FRAME_HEAD + FRAME_PAD,
});
