"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { RunHistory } from "../RunHistory";
import { RunMatrix } from "./RunMatrix";
import { useRunHistory } from "./useRunHistory";

const REFRESH_MS = 5_000;

export type RunsTabProps = { workspace: string; pipelineId: string; base: string; runs: RunSummary[] };

/** The runs of a pipeline: the last ones task by task, and all as a table. */
export function RunsTab({ workspace, pipelineId, base, runs }: RunsTabProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const history = useRunHistory(workspace, pipelineId, runs);
  const { data, error } = useQuery(
    trpc.pipelines.runGrid.queryOptions(
      { workspace, pipelineId },
      { enabled: runs.length > 0, refetchInterval: REFRESH_MS },
    ),
  );
  return (
    <div className="flex flex-col gap-px bg-line-2">
      {error !== null && <FailurePanel failure={failureOf(error)} />}
      {data !== undefined && data.runs.length > 0 && (
        <RunMatrix
          grid={data}
          onOpen={(runId, taskId) =>
            router.push(
              `${base}/runs/${runId}${taskId === null ? "" : `?task=${encodeURIComponent(taskId)}`}`,
            )
          }
        />
      )}
      {history.failure !== null && (
        <FailurePanel failure={history.failure} stillTrue="The runs below are as they were last read." />
      )}
      <RunHistory base={base} isReading={history.isReading} onOlder={history.readOlder} runs={history.runs} />
    </div>
  );
}
