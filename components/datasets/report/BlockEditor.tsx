"use client";

import { BlockActions } from "@/components/datasets/BlockActions";
import { Panel } from "@/components/ui/Panel";
import type { ReportBlock } from "@/domain/datasets/report-content";
import { QueryBlockEditor } from "./QueryBlockEditor";
import { TextBlockEditor } from "./TextBlockEditor";

export type BlockEditorProps = {
  workspace: string;
  block: ReportBlock;
  /** Counted from 0. */
  place: number;
  isFirst: boolean;
  isLast: boolean;
  onChange: (block: ReportBlock) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
};

/** One block of a draft, with its place. */
export function BlockEditor(props: BlockEditorProps) {
  const { workspace, block, place, isFirst, isLast, onChange, onMove, onRemove } = props;
  const label = `Block ${place + 1}, ${block.type}`;
  return (
    <Panel
      actions={
        <BlockActions isFirst={isFirst} isLast={isLast} onMove={onMove} onRemove={onRemove} place={place} />
      }
      className="border-line border"
      title={label}
    >
      {block.type === "text" ? (
        <TextBlockEditor block={block} onChange={onChange} />
      ) : (
        <QueryBlockEditor block={block} onChange={onChange} workspace={workspace} />
      )}
    </Panel>
  );
}
