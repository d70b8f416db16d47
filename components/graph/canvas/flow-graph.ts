import type { LucideIcon } from "lucide-react";
import type { ShownState } from "@/components/ui/prepare-state";

/** In pixels of the graph at zoom 1; y grows downwards. */
export type FlowPoint = { x: number; y: number };

/** What a node shows. Every text is ready to draw. Ids are unique over nodes, groups and comments together. */
export type FlowNode = {
  id: string;
  /** Top left corner. */
  position: FlowPoint;
  /** The key, in the code face. */
  label: string;
  /** A word or two at the right of the key: `SQL`, `Train on Ray`. */
  kind: string;
  /** Stands where the state's glyph would, while there is none. */
  icon: LucideIcon | null;
  /** Null before any run. */
  state: ShownState | null;
  /** One sentence of state, or the first problem. */
  sentence: string;
  /** One line of facts: duration, attempts, limits. */
  facts: string;
  errors: number;
  warnings: number;
  /** Data that it writes, as pills at its right. */
  writes: readonly { name: string; detail: string }[];
};

export type FlowEdge = {
  from: string;
  to: string;
  /** `solid` where the work before is done or there is no run, `waiting` grey dashed, `running` blue dashed. */
  look: "solid" | "waiting" | "running" | "problem";
};

/** Nodes under one frame. A collapsed group is drawn as one node that stands for all of them. */
export type FlowGroup = { id: string; label: string; members: readonly string[]; isCollapsed: boolean };

/** A note on the graph, without an edge. */
export type FlowComment = { id: string; text: string; position: FlowPoint };

export type FlowGraph = {
  nodes: readonly FlowNode[];
  edges: readonly FlowEdge[];
  groups: readonly FlowGroup[];
  comments: readonly FlowComment[];
};
