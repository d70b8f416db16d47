"use client";

import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { classNames } from "@/components/ui/class-names";
import { StageFace } from "./StageFace";
import type { Stage } from "./stage";

export type StageNodeData = {
  stage: Stage;
  isSelected: boolean;
  isTabStop: boolean;
  onSelect: (id: string) => void;
};

const BORDERS = {
  running: "border-accent",
  retrying: "border-warn",
  failed: "border-err",
  waiting: "border-dashed border-ctl",
  plain: "border-ctl",
} as const;

function borderOf({ state }: Stage): string {
  if (state === "running" || state === "retrying" || state === "failed") return BORDERS[state];
  return state === "queued" || state === "skipped" || state === "cancelled" ? BORDERS.waiting : BORDERS.plain;
}

/** A stage of 312 × 70: glyph, key, kind; one sentence; one line of facts. */
export function StageNode({ data }: NodeProps<Node<StageNodeData, "stage">>) {
  const { stage, isSelected, isTabStop, onSelect } = data;
  return (
    <>
      <Handle className="!border-ctl !bg-panel" isConnectable={false} position={Position.Top} type="target" />
      <button
        aria-pressed={isSelected}
        className={classNames(
          "nopan block h-[70px] w-[312px] rounded-3 border bg-panel px-2.5 py-1.5 text-left hover:bg-raised",
          borderOf(stage),
          isSelected && "outline-2 outline-accent outline-offset-1",
        )}
        data-stage={stage.id}
        onClick={() => onSelect(stage.id)}
        tabIndex={isTabStop ? 0 : -1}
        type="button"
      >
        <StageFace stage={stage} />
      </button>
      <Handle
        className="!border-ctl !bg-panel"
        id="out"
        isConnectable={false}
        position={Position.Bottom}
        type="source"
      />
      <Handle
        className="!opacity-0"
        id="data"
        isConnectable={false}
        position={Position.Right}
        type="source"
      />
    </>
  );
}
