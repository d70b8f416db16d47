"use client";

import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useState } from "react";
import { StageGraph } from "@/components/graph/StageGraph";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount, formatInstant } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tabs } from "@/components/ui/Tabs";
import { Tag } from "@/components/ui/Tag";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { prepareStages } from "./prepare-stages";
import { RunHistory } from "./RunHistory";
import { RunStrip } from "./RunStrip";
import { TaskConfig } from "./TaskConfig";
import { useStartRun } from "./useStartRun";

const DocumentEditor = dynamic(() => import("./DocumentEditor").then((module) => module.DocumentEditor), {
  ssr: false,
  loading: () => <p className="p-3 text-ink-2">Opening the document</p>,
});

const ScheduleTab = dynamic(() => import("./schedule/ScheduleTab").then((module) => module.ScheduleTab), {
  ssr: false,
  loading: () => <p className="p-3 text-ink-2">Opening the schedule</p>,
});

const REFRESH_MS = 5_000;
const TABS = ["graph", "json", "runs", "schedule"];
const NO_CLOCK = new Date(0);

/** One pipeline: its graph, its document, its runs. */
export function PipelinePage() {
  const { workspace, pipelineId: encoded } = useParams<{ workspace: string; pipelineId: string }>();
  const pipelineId = decodeURIComponent(encoded);
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const { start, isStarting } = useStartRun(workspace);
  const tab = useQueryParam("tab");
  const task = useQueryParam("task");
  const [draft, setDraft] = useState<string | null>(null);
  const query = useQuery(
    trpc.pipelines.get.queryOptions({ workspace, pipelineId }, { refetchInterval: REFRESH_MS }),
  );
  const pipeline = query.data;

  if (pipeline === undefined) {
    return (
      <>
        <PageHead title={pipelineId} />
        <div className="relative flex-1 bg-panel">
          {query.isError ? (
            <FailurePanel
              actions={<Button onClick={() => query.refetch()}>Try again</Button>}
              failure={failureOf(query.error)}
            />
          ) : (
            <LoadingBar label={`Loading ${pipelineId}`} />
          )}
        </div>
      </>
    );
  }

  const { document, version, runs } = pipeline;
  const base = `/${workspace}/pipelines/${encoded}`;
  const selected = document.tasks.find((one) => one.task_id === task.value) ?? null;
  const graph = (
    <div className="grid h-full min-h-0 grid-cols-1 gap-px bg-line-2 desk:grid-cols-[minmax(0,1fr)_372px]">
      <StageGraph
        onSelect={task.set}
        selected={task.value}
        stages={prepareStages(document, null, NO_CLOCK)}
        title={formatCount(document.tasks.length, "task")}
      />
      <TaskConfig className="overflow-auto" task={selected} />
    </div>
  );
  const editor = (
    <DocumentEditor
      draft={draft}
      onDraft={setDraft}
      pipelineId={pipelineId}
      stored={JSON.stringify(document, null, 2)}
      version={version}
      whyReadOnly={whyNot("engineer")}
      workspace={workspace}
    />
  );
  return (
    <>
      <PageHead
        actions={
          <Button
            busy={isStarting}
            disabledReason={whyNot("analyst")}
            icon={<Play aria-hidden="true" size={13} />}
            kind="primary"
            onClick={() => start(pipelineId)}
          >
            Run
          </Button>
        }
        meta={
          <>
            <code>{pipelineId}</code>
            <Tag>version {version}</Tag>
            {draft !== null && <Tag kind="warn">changes not saved</Tag>}
          </>
        }
        title={document.name}
      />
      {query.isError && (
        <FailurePanel
          failure={failureOf(query.error)}
          stillTrue="What is shown below is as it was last read."
        />
      )}
      <Tabs
        aside={<RunStrip hrefOf={(run) => `${base}/runs/${run.id}`} runs={runs.slice(0, 10)} />}
        items={[
          { value: "graph", label: "Graph", content: graph },
          { value: "json", label: "JSON", content: editor },
          { value: "runs", label: `Runs ${runs.length}`, content: <RunHistory base={base} runs={runs} /> },
          {
            value: "schedule",
            label: "Schedule",
            content: <ScheduleTab pipelineId={pipelineId} workspace={workspace} />,
          },
        ]}
        label="Views of the pipeline"
        onChange={(value) => tab.set(value === "graph" ? null : value)}
        value={TABS.find((each) => each === tab.value) ?? "graph"}
      />
      <EvidenceLine
        right={[
          { key: "saved", text: `saved ${formatInstant(pipeline.createdAt)} UTC` },
          { key: "by", text: `by ${pipeline.createdBy}` },
        ]}
      >
        {runs[0] ? (
          <StateGlyph label={`run ${runs[0].number} ${runs[0].status}`} state={runs[0].status} />
        ) : (
          "This pipeline never ran"
        )}
        {document.description && <span className="hidden wide:inline">{document.description}</span>}
      </EvidenceLine>
    </>
  );
}
