"use client";

import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Table2 } from "lucide-react";

export type PillNodeData = { name: string; detail: string };

/** Data that a stage writes: rounded at the left, at the end of a dotted line. */
export function PillNode({ data }: NodeProps<Node<PillNodeData, "pill">>) {
  const cut = data.name.lastIndexOf(".") + 1;
  return (
    <div
      className="flex h-[34px] w-[312px] items-center gap-2 rounded-r-3 rounded-l-[17px] border border-line-2 bg-sunken px-3"
      title={`${data.name}, ${data.detail}`}
    >
      <Handle className="!opacity-0" isConnectable={false} position={Position.Left} type="target" />
      <Table2 aria-hidden="true" className="shrink-0 text-ink-2" size={13} />
      {/* The end of a table's name tells it apart; what comes before gives way first. */}
      <code className="flex min-w-0 text-12 text-ink">
        <span className="min-w-0 shrink-[9999] truncate text-ink-2">{data.name.slice(0, cut)}</span>
        <span className="min-w-0 truncate">{data.name.slice(cut)}</span>
      </code>
      <span className="ml-auto shrink-0 text-12 text-ink-2">{data.detail}</span>
    </div>
  );
}
