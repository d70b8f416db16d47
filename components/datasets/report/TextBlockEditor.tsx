"use client";

import dynamic from "next/dynamic";
import type { z } from "zod";
import type { TextBlock } from "@/domain/datasets/report-content";
import { AREA_CLASS } from "./area-class";

const MarkdownText = dynamic(() => import("../blocks/MarkdownText").then((module) => module.MarkdownText), {
  loading: () => <p className="text-ink-2">Reading text</p>,
});

type Text = z.infer<typeof TextBlock>;

/** Markdown and beside it what it becomes. */
export function TextBlockEditor({ block, onChange }: { block: Text; onChange: (block: Text) => void }) {
  return (
    <div className="grid gap-3 p-3 room:grid-cols-2">
      <textarea
        aria-label="Markdown"
        className={`${AREA_CLASS} min-h-28`}
        onChange={(event) => onChange({ ...block, markdown: event.target.value })}
        value={block.markdown}
      />
      <section aria-label="Text as it is read" className="min-w-0 [overflow-wrap:anywhere]">
        {block.markdown.trim() === "" ? (
          <p className="text-ink-3">Text in Markdown; it is read here.</p>
        ) : (
          <MarkdownText text={block.markdown} />
        )}
      </section>
    </div>
  );
}
