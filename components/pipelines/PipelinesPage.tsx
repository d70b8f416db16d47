"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useState } from "react";
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
import { useQueryParam } from "@/components/ui/useQueryParam";
import { DraftList } from "./DraftList";
import { PipelineTable } from "./PipelineTable";
import { useStartRun } from "./useStartRun";

const NewPipelineDialog = dynamic(
  () => import("./NewPipelineDialog").then((module) => module.NewPipelineDialog),
  { ssr: false },
);

const ArchivedList = dynamic(() => import("./archive/ArchivedList").then((module) => module.ArchivedList), {
  ssr: false,
});

const REFRESH_MS = 5_000;

/** The pipelines of a workspace. */
export function PipelinesPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const { start, startingId } = useStartRun(workspace);
  const list = useQuery(trpc.pipelines.list.queryOptions({ workspace }, { refetchInterval: REFRESH_MS }));
  const pipelines = list.data;
  const [isMaking, setMaking] = useState(false);
  const archived = useQueryParam("archived");
  const withArchived = archived.value !== null;
  const newPipeline = (
    <Button
      disabledReason={whyNot("engineer")}
      icon={<Plus aria-hidden="true" size={13} />}
      kind="primary"
      onClick={() => setMaking(true)}
    >
      New pipeline
    </Button>
  );

  return (
    <>
      <PageHead
        actions={
          <>
            <Button
              aria-pressed={withArchived}
              kind="quiet"
              onClick={() => archived.set(withArchived ? null : "shown")}
            >
              {withArchived ? "Hide archived" : "Show archived"}
            </Button>
            {newPipeline}
          </>
        }
        meta={pipelines && formatCount(pipelines.length, "pipeline")}
        title="Pipelines"
      />
      {isMaking && <NewPipelineDialog isOpen onClose={() => setMaking(false)} workspace={workspace} />}
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
            Draw one, or paste its JSON. A script puts one with{" "}
            <code>PUT /api/v1/pipelines/&#123;pipeline_id&#125;</code>.
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
        <DraftList workspace={workspace} />
        {withArchived && <ArchivedList whyNot={whyNot("engineer")} workspace={workspace} />}
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
