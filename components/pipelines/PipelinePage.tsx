"use client";

import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useRef } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { formatInstant } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tabs } from "@/components/ui/Tabs";
import { Tag } from "@/components/ui/Tag";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { ArchivedNotice } from "./archive/ArchivedNotice";
import { ArchiveMenu } from "./archive/ArchiveMenu";
import { RunStrip } from "./RunStrip";
import { useStartRun } from "./useStartRun";
import { shownRunState } from "./watch/shown-run-state";

const opening = (what: string) => () => <p className="p-3 text-ink-2">Opening {what}</p>;

const BuildTab = dynamic(() => import("./builder/BuildTab").then((module) => module.BuildTab), {
  ssr: false,
  loading: opening("the builder"),
});

const RunsTab = dynamic(() => import("./watch/RunsTab").then((module) => module.RunsTab), {
  ssr: false,
  loading: opening("the runs"),
});

const VersionsTab = dynamic(() => import("./versions/VersionsTab").then((module) => module.VersionsTab), {
  ssr: false,
  loading: opening("the versions"),
});

const ScheduleTab = dynamic(() => import("./schedule/ScheduleTab").then((module) => module.ScheduleTab), {
  ssr: false,
  loading: opening("the schedule"),
});

const REFRESH_MS = 5_000;
const isNotFound = (error: unknown): boolean => error !== null && failureOf(error).code === "not_found";
const TABS = ["build", "runs", "schedule", "versions"];

/** One pipeline: its draft under one's hands, its runs, its schedule, its versions. */
export function PipelinePage() {
  const { workspace, pipelineId: encoded } = useParams<{ workspace: string; pipelineId: string }>();
  const pipelineId = decodeURIComponent(encoded);
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const { start, isStarting } = useStartRun(workspace);
  const tab = useQueryParam("tab");
  const task = useQueryParam("task");
  const { pipeline, failure, refetch } = usePipeline(workspace, pipelineId);
  // A pipeline that was never activated has a draft, and nothing to run.
  const isDraftOnly = pipeline === undefined && failure?.code === "not_found";
  const draft = useQuery(
    trpc.pipelines.draft.queryOptions(
      { workspace, pipelineId },
      { enabled: isDraftOnly, refetchOnWindowFocus: false },
    ),
  );
  const archivedMark = (pipeline ?? draft.data)?.archived ?? null;
  if (pipeline === undefined && !isDraftOnly) {
    return <NotRead failure={failure} onRetry={refetch} pipelineId={pipelineId} />;
  }

  const runs = pipeline?.runs ?? [];
  const base = `/${workspace}/pipelines/${encoded}`;
  const isArchived = archivedMark !== null;
  const whyNotRun = whyNot("analyst") ?? whyNotStart({ isArchived, isDraftOnly });
  return (
    <>
      <PageHead
        actions={
          <>
            <ArchiveMenu
              isShown={!isArchived && whyNot("engineer") === null}
              pipelineId={pipelineId}
              workspace={workspace}
            />
            <Button
              busy={isStarting}
              disabledReason={whyNotRun}
              icon={<Play aria-hidden="true" size={13} />}
              kind="primary"
              onClick={() => start(pipelineId)}
            >
              Run
            </Button>
          </>
        }
        meta={
          <>
            <code>{pipelineId}</code>
            <Tag>{pipeline === undefined ? "draft" : `version ${pipeline.version}`}</Tag>
          </>
        }
        title={pipeline?.document.name ?? pipelineId}
      />
      <ArchivedNotice
        mark={archivedMark}
        pipelineId={pipelineId}
        whyNot={whyNot("engineer")}
        workspace={workspace}
      />
      {failure !== null && !isDraftOnly && (
        <FailurePanel failure={failure} stillTrue="What is shown below is as it was last read." />
      )}
      <Tabs
        aside={<RunStrip hrefOf={(run) => `${base}/runs/${run.id}`} runs={runs.slice(0, 10)} />}
        items={[
          {
            value: "build",
            label: "Build",
            content: (
              <BuildTab onTask={task.set} pipelineId={pipelineId} task={task.value} workspace={workspace} />
            ),
          },
          {
            value: "runs",
            label: `Runs ${Math.max(0, ...runs.map(({ number }) => number))}`,
            content: <RunsTab base={base} pipelineId={pipelineId} runs={runs} workspace={workspace} />,
          },
          {
            value: "schedule",
            label: "Schedule",
            content: <ScheduleTab pipelineId={pipelineId} workspace={workspace} />,
          },
          {
            value: "versions",
            label: "Versions",
            content: (
              <VersionsTab
                onRestored={() => tab.set(null)}
                onRun={(version) => start(pipelineId, version)}
                pipelineId={pipelineId}
                workspace={workspace}
              />
            ),
          },
        ]}
        label="Views of the pipeline"
        onChange={(value) => tab.set(value === "build" ? null : value)}
        value={TABS.find((each) => each === tab.value) ?? "build"}
      />
      <EvidenceLine
        right={
          pipeline === undefined
            ? []
            : [
                { key: "saved", text: `activated ${formatInstant(pipeline.createdAt)} UTC` },
                { key: "by", text: `by ${pipeline.createdBy}` },
              ]
        }
      >
        {runs[0] ? (
          <StateGlyph label={`run ${runs[0].number} ${runs[0].status}`} state={shownRunState(runs[0])} />
        ) : (
          "This pipeline never ran"
        )}
        {pipeline?.document.description !== undefined && (
          <span className="hidden wide:inline">{pipeline.document.description}</span>
        )}
      </EvidenceLine>
    </>
  );
}

function whyNotStart(pipeline: { isArchived: boolean; isDraftOnly: boolean }): string | null {
  if (pipeline.isArchived) return "The pipeline is archived. Bring it back first.";
  return pipeline.isDraftOnly ? "Activate the draft first: runs use a version." : null;
}

/** The pipeline as it was last read, and why it was not read since. */
function usePipeline(workspace: string, pipelineId: string) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.pipelines.get.queryOptions(
      { workspace, pipelineId },
      // A pipeline without a version has nothing that changes by itself.
      { refetchInterval: ({ state }) => (isNotFound(state.error) ? false : REFRESH_MS) },
    ),
  );
  // While it is asked again, an answer that was an error is pending once more: the draft under one's hands stays.
  const lastFailure = useRef<ShownFailure | null>(null);
  if (!query.isPending) lastFailure.current = query.isError ? failureOf(query.error) : null;
  return { pipeline: query.data, failure: lastFailure.current, refetch: () => void query.refetch() };
}

type NotReadProps = { pipelineId: string; failure: ShownFailure | null; onRetry: () => void };

function NotRead({ pipelineId, failure, onRetry }: NotReadProps) {
  return (
    <>
      <PageHead title={pipelineId} />
      <div className="relative flex-1 bg-panel">
        {failure === null ? (
          <LoadingBar label={`Loading ${pipelineId}`} />
        ) : (
          <FailurePanel actions={<Button onClick={onRetry}>Try again</Button>} failure={failure} />
        )}
      </div>
    </>
  );
}
