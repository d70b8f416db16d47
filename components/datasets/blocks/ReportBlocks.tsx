"use client";

import dynamic from "next/dynamic";
import type { ReportBlock } from "@/domain/datasets/report-content";
import { QueryBlockView } from "./QueryBlockView";

const MarkdownText = dynamic(() => import("./MarkdownText").then((module) => module.MarkdownText), {
  loading: () => <p className="text-ink-2">Reading text</p>,
});

export type ReportBlocksProps = {
  workspace: string;
  report: string;
  version: number;
  blocks: ReportBlock[];
  /** Only the block at this place; null shows all. */
  only: number | null;
};

/** The blocks of a report in their order. */
export function ReportBlocks({ workspace, report, version, blocks, only }: ReportBlocksProps) {
  return (
    <div className="flex flex-col gap-3">
      {blocks.map((block, place) => {
        if (only !== null && only !== place) return null;
        const key = `${version} ${place}`;
        if (block.type === "text") return <MarkdownText key={key} text={block.markdown} />;
        return (
          <QueryBlockView
            block={block}
            key={key}
            place={place}
            report={report}
            version={version}
            workspace={workspace}
          />
        );
      })}
    </div>
  );
}
