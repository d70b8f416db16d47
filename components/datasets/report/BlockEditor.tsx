"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/Button";
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
        <>
          <Button
            aria-label={`Move block ${place + 1} up`}
            disabledReason={isFirst ? "It is the first block." : null}
            icon={<ArrowUp aria-hidden="true" size={13} />}
            kind="quiet"
            onClick={() => onMove(-1)}
          />
          <Button
            aria-label={`Move block ${place + 1} down`}
            disabledReason={isLast ? "It is the last block." : null}
            icon={<ArrowDown aria-hidden="true" size={13} />}
            kind="quiet"
            onClick={() => onMove(1)}
          />
          <Button
            aria-label={`Remove block ${place + 1}`}
            icon={<Trash2 aria-hidden="true" size={13} />}
            kind="quiet"
            onClick={onRemove}
          />
        </>
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
