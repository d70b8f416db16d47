"use client";

import { Background, Controls, type Edge, type Node, ReactFlow } from "@xyflow/react";
import { type CSSProperties, type KeyboardEvent, useMemo } from "react";
import "@xyflow/react/dist/style.css";
import {
  layOutStages,
  PILL_HEIGHT,
  PILL_WIDTH,
  STAGE_HEIGHT,
  STAGE_WIDTH,
  stageOrder,
} from "./lay-out-stages";
import { PillNode, type PillNodeData } from "./PillNode";
import { StageNode, type StageNodeData } from "./StageNode";
import type { Stage } from "./stage";

const NODE_TYPES = { stage: StageNode, pill: PillNode };
/** React Flow's own variables, in the theme's colours. */
const FLOW_STYLE = {
  "--xy-controls-button-background-color": "var(--raised)",
  "--xy-controls-button-background-color-hover": "var(--hover)",
  "--xy-controls-button-color": "var(--ink)",
  "--xy-controls-button-color-hover": "var(--ink)",
  "--xy-controls-button-border-color": "var(--ctl)",
  "--xy-controls-box-shadow": "none",
} as CSSProperties;

type FlowNode = Node<StageNodeData, "stage"> | Node<PillNodeData, "pill">;

export type StageFlowProps = {
  label: string;
  stages: Stage[];
  selected: string | null;
  onSelect: (id: string) => void;
  /** False leaves out the pills, where the pane is narrow. */
  withPills: boolean;
};

/** The graph in React Flow: read only, one tab stop, arrows move between stages. */
export function StageFlow({ label, stages, selected, onSelect, withPills }: StageFlowProps) {
  const shown = useMemo(
    () => (withPills ? stages : stages.map((stage) => ({ ...stage, writes: [] }))),
    [stages, withPills],
  );
  const shape = JSON.stringify(
    shown.map(({ id, dependsOn, writes }) => ({ id, dependsOn, writes: writes.length })),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layout follows the shape, not the states
  const layout = useMemo(() => layOutStages(shown), [shape]);
  const order = stageOrder(stages);
  const tabStop = selected !== null && order.includes(selected) ? selected : order[0];

  const nodes = shown.flatMap((stage): FlowNode[] => [
    {
      id: stage.id,
      type: "stage",
      position: layout.stages.get(stage.id) ?? { x: 0, y: 0 },
      width: STAGE_WIDTH,
      height: STAGE_HEIGHT,
      data: { stage, isSelected: stage.id === selected, isTabStop: stage.id === tabStop, onSelect },
    },
    ...stage.writes.map(
      (pill, index): FlowNode => ({
        id: `${stage.id}:${pill.name}`,
        type: "pill",
        position: layout.pills.get(stage.id)?.[index] ?? { x: 0, y: 0 },
        width: PILL_WIDTH,
        height: PILL_HEIGHT,
        data: pill,
      }),
    ),
  ]);

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).dataset.stage;
    const next = id === undefined ? undefined : targetOf(event.key, order, id);
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-stage="${CSS.escape(next)}"]`)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus between the buttons inside
    <div className="h-full min-h-[280px]" onKeyDown={move}>
      <ReactFlow
        aria-label={label}
        edges={edgesOf(shown)}
        edgesFocusable={false}
        elementsSelectable={false}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.08 }}
        key={shape}
        maxZoom={1.5}
        minZoom={0.2}
        nodes={nodes}
        nodesConnectable={false}
        nodesDraggable={false}
        nodesFocusable={false}
        nodeTypes={NODE_TYPES}
        style={FLOW_STYLE}
        proOptions={{ hideAttribution: true }}
        zoomOnDoubleClick={false}
        zoomOnScroll={false}
      >
        <Background color="var(--line-2)" gap={16} size={1} />
        <Controls position="bottom-right" showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

function targetOf(key: string, order: string[], id: string): string | undefined {
  const index = order.indexOf(id);
  if (key === "ArrowDown" || key === "ArrowRight") return order[index + 1];
  if (key === "ArrowUp" || key === "ArrowLeft") return order[index - 1];
  if (key === "Home") return order[0];
  return key === "End" ? order.at(-1) : undefined;
}

function edgesOf(stages: Stage[]): Edge[] {
  const known = new Map(stages.map((stage) => [stage.id, stage]));
  return stages.flatMap((stage): Edge[] => [
    ...stage.dependsOn
      .filter((id) => known.has(id))
      .map(
        (id): Edge => ({
          id: `${id}>${stage.id}`,
          source: id,
          sourceHandle: "out",
          target: stage.id,
          type: "smoothstep",
          focusable: false,
          style: edgeStyle(stage),
        }),
      ),
    ...stage.writes.map(
      (pill): Edge => ({
        id: `${stage.id}:${pill.name}`,
        source: stage.id,
        sourceHandle: "data",
        target: `${stage.id}:${pill.name}`,
        focusable: false,
        style: { stroke: "var(--ctl)", strokeDasharray: "1 4", strokeWidth: 1.5 },
      }),
    ),
  ]);
}

function edgeStyle({ state }: Stage) {
  if (state === "running" || state === "retrying") {
    return { stroke: "var(--accent)", strokeDasharray: "5 4", strokeWidth: 1.5 };
  }
  return state === "queued" || state === "skipped"
    ? { stroke: "var(--ctl)", strokeDasharray: "5 4", strokeWidth: 1.5 }
    : { stroke: "var(--ink-2)", strokeWidth: 1.5 };
}
