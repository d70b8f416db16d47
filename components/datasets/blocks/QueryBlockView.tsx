"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { Panel } from "@/components/ui/Panel";
import type { QueryBlock } from "@/domain/datasets/report-content";
import { BlockResult } from "./BlockResult";

export type QueryBlockViewProps = {
  workspace: string;
  report: string;
  version: number;
  /** Its place in the report, counted from 0. */
  place: number;
  block: QueryBlock;
};

/** A query of a report with its rows as of now. It runs when it is opened, and again when asked. */
export function QueryBlockView({ workspace, report, version, place, block }: QueryBlockViewProps) {
  const trpc = useTRPC();
  const run = useQuery(
    trpc.reports.run.queryOptions(
      { workspace, name: report, version, block: place },
      { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
    ),
  );
  const title = block.title === "" ? `Query ${place + 1}` : block.title;
  return (
    <Panel
      actions={
        <Button busy={run.isFetching} kind="quiet" onClick={() => run.refetch()}>
          Run again
        </Button>
      }
      className="border-line border"
      isLoading={run.isFetching}
      title={title}
    >
      {run.isError && (
        <FailurePanel
          failure={failureOf(run.error)}
          {...(run.data ? { stillTrue: "The rows below were read before." } : {})}
        />
      )}
      {run.data !== undefined && <BlockResult chart={block.chart} result={run.data} title={title} />}
      {run.isPending && <p className="h-[120px] p-3 text-ink-2">Reading rows</p>}
    </Panel>
  );
}
