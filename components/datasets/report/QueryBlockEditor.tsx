"use client";

import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { QueryBlock } from "@/domain/datasets/report-content";
import { BlockResult } from "../blocks/BlockResult";
import { AREA_CLASS } from "./area-class";
import { ChartFields } from "./ChartFields";

export type QueryBlockEditorProps = {
  workspace: string;
  block: QueryBlock;
  onChange: (block: QueryBlock) => void;
};

/** The SELECT of a block and how its rows are drawn. Ctrl Enter tries it. */
export function QueryBlockEditor({ workspace, block, onChange }: QueryBlockEditorProps) {
  const trpc = useTRPC();
  const preview = useMutation(trpc.reports.preview.mutationOptions());
  const whyNot = block.sql.trim() === "" ? "Write a SELECT first." : null;
  const run = () => {
    if (whyNot === null) preview.mutate({ workspace, sql: block.sql });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  };
  return (
    <div className="relative">
      {preview.isPending && <LoadingBar />}
      <div className="flex flex-col gap-2 p-3">
        <label className="text-12 text-ink-2">
          Title
          <input
            className={`${CONTROL_CLASS} mt-0.5`}
            maxLength={200}
            onChange={(event) => onChange({ ...block, title: event.target.value })}
            value={block.title}
          />
        </label>
        <label className="text-12 text-ink-2">
          SQL
          <textarea
            className={`${AREA_CLASS} mt-0.5 min-h-28`}
            onChange={(event) => onChange({ ...block, sql: event.target.value })}
            onKeyDown={onKeyDown}
            spellCheck={false}
            value={block.sql}
          />
        </label>
        <div className="flex flex-wrap items-end gap-3">
          <ChartFields block={block} columns={preview.data?.columns ?? []} onChange={onChange} />
          <Button busy={preview.isPending} disabledReason={whyNot} onClick={run}>
            Preview
          </Button>
        </div>
      </div>
      {preview.isError && <FailurePanel failure={failureOf(preview.error)} />}
      {preview.data !== undefined && !preview.isError && (
        <section aria-label="Preview" className="border-line border-t">
          <BlockResult
            chart={block.chart}
            result={preview.data}
            title={block.title === "" ? "Preview" : block.title}
          />
        </section>
      )}
    </div>
  );
}
