"use client";

import { useMemo } from "react";
import { FlowCanvas } from "./canvas/FlowCanvas";
import type { FlowEdge, FlowNode } from "./canvas/flow-graph";
import { nodeSize } from "./canvas/scene/node-size";
import { useGraphLayout } from "./layout/useGraphLayout";
import type { Stage } from "./stage";

const NOTHING: [] = [];
const NOBODY: ReadonlySet<string> = new Set();

export type StageFlowProps = {
  label: string;
  stages: Stage[];
  selected: string | null;
  onSelect: (id: string) => void;
  /** False leaves out the pills, where the pane is narrow. */
  withPills: boolean;
};

/** Stages on the canvas: read only. The layout follows the shape, so that a graph does not move between two runs. */
export function StageFlow({ label, stages, selected, onSelect, withPills }: StageFlowProps) {
  const graph = useMemo(() => {
    const shown = withPills ? stages : stages.map((stage) => ({ ...stage, writes: NOTHING }));
    return {
      shown,
      nodes: shown.map((stage) => ({ id: stage.id, ...nodeSize(stage) })),
      edges: shown.flatMap(({ id, dependsOn }) => dependsOn.map((before) => [before, id] as const)),
    };
  }, [stages, withPills]);
  const { places } = useGraphLayout(graph);
  const nodes = useMemo(
    () =>
      graph.shown.map(
        (stage): FlowNode => ({
          ...stage,
          position: places?.get(stage.id) ?? { x: 0, y: 0 },
          label: stage.id,
          icon: null,
          state: stage.reused ? "reused" : stage.state,
          errors: 0,
          warnings: 0,
        }),
      ),
    [graph, places],
  );
  const edges = useMemo(
    () =>
      stages.flatMap((stage) =>
        stage.dependsOn.map((from): FlowEdge => ({ from, to: stage.id, look: lookOf(stage) })),
      ),
    [stages],
  );
  const selection = useMemo(() => (selected === null ? NOBODY : new Set([selected])), [selected]);
  if (places === null) return <p className="p-3 text-ink-2">Laying out the graph</p>;
  return (
    <FlowCanvas
      comments={NOTHING}
      edges={edges}
      groups={NOTHING}
      key={graph.nodes.map(({ id }) => id).join()}
      label={label}
      nodes={nodes}
      onSelect={(ids) => {
        const [first] = ids;
        if (first !== undefined) onSelect(first);
      }}
      readOnly
      selection={selection}
    />
  );
}

function lookOf({ state }: Stage): FlowEdge["look"] {
  if (state === "running" || state === "retrying") return "running";
  return state === "queued" || state === "skipped" ? "waiting" : "solid";
}
