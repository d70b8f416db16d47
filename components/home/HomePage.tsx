"use client";

import { useQuery } from "@tanstack/react-query";
import { useStartRun } from "@/components/pipelines/useStartRun";
import { useEngines } from "@/components/shell/useEngines";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { useMyRole } from "@/components/ui/useMyRole";
import { EngineList } from "./EngineList";
import { NextStepPanel } from "./NextStepPanel";
import { prepareNextStep } from "./prepare-next-step";
import { RecentRuns } from "./RecentRuns";
import { SampleOrigin } from "./SampleOrigin";

const REFRESH_MS = 5_000;

/** What this workspace is, the next thing to do, and what was done last. */
export function HomePage() {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const scope = { workspace: workspace.slug };
  const pipelines = useQuery(trpc.pipelines.list.queryOptions(scope, { refetchInterval: REFRESH_MS }));
  const runs = useQuery(
    trpc.runs.list.queryOptions({ ...scope, limit: 12 }, { refetchInterval: REFRESH_MS }),
  );
  const { summary } = useEngines();
  const { whyNot } = useMyRole(workspace.slug);
  const { start, isStarting } = useStartRun(workspace.slug);
  const failed = pipelines.error ?? runs.error;
  const retry = () => Promise.all([pipelines.refetch(), runs.refetch()]);
  const isSample = workspace.slug === "sample";

  return (
    <>
      <PageHead
        meta={
          <>
            <Tag>{workspace.slug}</Tag>
            {pipelines.data && <span>{formatCount(pipelines.data.length, "pipeline")}</span>}
          </>
        }
        title={workspace.name}
      />
      <div className="grid min-h-0 flex-1 grid-cols-1 overflow-auto desk:grid-cols-[minmax(0,1fr)_372px]">
        <Panel isLoading={pipelines.isPending || runs.isPending} label="Next step and last runs">
          {failed !== null && (
            <FailurePanel
              actions={<Button onClick={() => void retry()}>Try again</Button>}
              failure={failureOf(failed)}
              {...(runs.data ? { stillTrue: "What is shown below is as it was last read." } : {})}
            />
          )}
          {pipelines.data && runs.data && (
            <NextStepPanel
              isStarting={isStarting}
              onRun={start}
              step={prepareNextStep(pipelines.data, runs.data.items)}
              whyNotRun={whyNot("analyst")}
              workspace={workspace.slug}
            />
          )}
          <h2 className="border-line border-y px-3 py-1.5 font-semibold text-title">Last runs</h2>
          <RecentRuns runs={runs.data?.items ?? null} workspace={workspace.slug} />
        </Panel>
        <div className="min-w-0 border-line-2 border-t desk:border-t-0 desk:border-l">
          <Panel title="Engines">
            <EngineList summary={summary} workspace={workspace.slug} />
          </Panel>
          {isSample && <SampleOrigin workspace={workspace.slug} />}
        </div>
      </div>
      <EvidenceLine
        right={
          runs.dataUpdatedAt > 0
            ? [{ key: "at", text: <RelativeTime at={new Date(runs.dataUpdatedAt)} /> }]
            : []
        }
      >
        Pipelines and runs from the application database; times are UTC
      </EvidenceLine>
    </>
  );
}
