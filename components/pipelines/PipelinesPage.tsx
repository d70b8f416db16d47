"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { useMyRole } from "@/components/ui/useMyRole";
import { PipelineTable } from "./PipelineTable";
import { useStartRun } from "./useStartRun";

const REFRESH_MS = 5_000;

/** The pipelines of a workspace. */
export function PipelinesPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const { start, startingId } = useStartRun(workspace);
  const list = useQuery(trpc.pipelines.list.queryOptions({ workspace }, { refetchInterval: REFRESH_MS }));
  const pipelines = list.data;

  return (
    <>
      <PageHead meta={pipelines && formatCount(pipelines.length, "pipeline")} title="Pipelines" />
      <Panel
        bodyClassName="overflow-auto"
        className="flex-1"
        isLoading={list.isFetching && pipelines === undefined}
        label="Pipelines"
      >
        {list.isError && (
          <FailurePanel
            actions={<Button onClick={() => list.refetch()}>Try again</Button>}
            failure={failureOf(list.error)}
            {...(pipelines ? { stillTrue: "The list below is as it was last read." } : {})}
          />
        )}
        {pipelines?.length === 0 && (
          <EmptyState title="This workspace has no pipeline yet.">
            A pipeline is a JSON document that is put with{" "}
            <code>PUT /api/v1/pipelines/&#123;pipeline_id&#125;</code>. The sample workspace has one that
            forecasts demand.
          </EmptyState>
        )}
        {(pipelines === undefined ? !list.isError : pipelines.length > 0) && (
          <PipelineTable
            onRun={start}
            pipelines={pipelines ?? null}
            startingId={startingId}
            whyNotRun={whyNot("analyst")}
            workspace={workspace}
          />
        )}
      </Panel>
      <EvidenceLine
        right={
          list.dataUpdatedAt > 0
            ? [{ key: "at", text: <RelativeTime at={new Date(list.dataUpdatedAt)} /> }]
            : []
        }
      >
        Pipelines and their last ten runs, from the application database
      </EvidenceLine>
    </>
  );
}
