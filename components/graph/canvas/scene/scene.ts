import type { FlowComment, FlowEdge, FlowGroup, FlowNode } from "../flow-graph";

/** In pixels of the graph. */
export type Box = { x: number; y: number; width: number; height: number };

type Common = {
  id: string;
  /** All that it draws, pills included. */
  box: Box;
};

/** A node, or the face of a collapsed group: what edges lead to and arrows walk through. */
export type SceneStage = Common & {
  kind: "node" | "group";
  face: Omit<FlowNode, "id" | "position">;
  /** Ids of nodes: its own, or the members of the group. */
  stands: readonly string[];
  /** Its place in the order of the work, from 1. */
  step: number;
};
export type SceneFrame = Common & { kind: "frame"; group: FlowGroup };
export type SceneComment = Common & { kind: "comment"; comment: FlowComment };
export type SceneItem = SceneStage | SceneFrame | SceneComment;

/** `key` names it among the edges; `start` and `end` are places in `items`. */
export type SceneEdge = Pick<FlowEdge, "from" | "to" | "look"> & { key: string; start: number; end: number };

/** What is drawn: frames first, then the stages in the order of the work, then the comments. */
export type Scene = {
  items: readonly SceneItem[];
  indexOf: ReadonlyMap<string, number>;
  edges: readonly SceneEdge[];
  /** Places in `items` that follow each item, and that come before it. */
  after: readonly (readonly number[])[];
  before: readonly (readonly number[])[];
  stages: number;
  bounds: Box;
};
