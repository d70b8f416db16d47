"use client";

import { getSmoothStepPath, Position, ViewportPortal } from "@xyflow/react";
import { memo } from "react";
import type { FlowEdge, FlowPoint } from "../flow-graph";
import { FACE_HEIGHT, FACE_WIDTH } from "../scene/node-size";
import type { Scene } from "../scene/scene";

type Look = FlowEdge["look"] | "chosen";

const COLOURS: Record<Look, string> = {
  solid: "var(--ink-2)",
  waiting: "var(--ctl)",
  running: "var(--accent)",
  problem: "var(--err)",
  chosen: "var(--accent)",
};
/** As wide as a pointer needs to hit a line. */
const HIT_WIDTH = 16;

export type EdgeLayerProps = {
  scene: Scene;
  /** Places in `edges` of the scene. */
  edges: readonly number[];
  dragged: ReadonlyMap<string, FlowPoint>;
  /** Key of the edge that was clicked. */
  chosen: string | null;
};

/**
 * The mounted edges as lines of one picture. React Flow's own edges each listen to every move of the view, which costs
 * more than all else while panning.
 */
export const EdgeLayer = memo(function EdgeLayer({ scene, edges, dragged, chosen }: EdgeLayerProps) {
  const cornerOf = (at: number) => {
    const item = scene.items[at];
    return item === undefined ? undefined : (dragged.get(item.id) ?? item.box);
  };
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        className="absolute top-0 left-0 overflow-visible"
        height={1}
        style={{ zIndex: -1 }}
        width={1}
      >
        {edges.map((at) => {
          const edge = scene.edges[at];
          if (edge === undefined) return null;
          const [from, to] = [cornerOf(edge.start), cornerOf(edge.end)];
          if (from === undefined || to === undefined) return null;
          return (
            <Line
              edgeKey={edge.key}
              fromX={from.x + FACE_WIDTH / 2}
              fromY={from.y + FACE_HEIGHT}
              key={edge.key}
              look={edge.key === chosen ? "chosen" : edge.look}
              toX={to.x + FACE_WIDTH / 2}
              toY={to.y}
            />
          );
        })}
      </svg>
    </ViewportPortal>
  );
});

type LineProps = { edgeKey: string; look: Look; fromX: number; fromY: number; toX: number; toY: number };

const Line = memo(function Line({ edgeKey, look, fromX, fromY, toX, toY }: LineProps) {
  const [path] = getSmoothStepPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: Position.Bottom,
    targetX: toX,
    targetY: toY,
    targetPosition: Position.Top,
  });
  const colour = COLOURS[look];
  return (
    <g data-flow-edge={edgeKey}>
      <path
        d={path}
        fill="none"
        stroke={colour}
        strokeDasharray={look === "waiting" || look === "running" ? "5 4" : undefined}
        strokeWidth={look === "chosen" ? 2.5 : 1.5}
      />
      <path d={`M${toX - 4} ${toY - 11}h8l-4 6.5z`} fill={colour} />
      <path
        d={path}
        fill="none"
        style={{ cursor: "pointer", pointerEvents: "stroke" }}
        stroke="transparent"
        strokeWidth={HIT_WIDTH}
      />
    </g>
  );
});
