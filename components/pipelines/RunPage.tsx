"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useState } from "react";
import { StageGraph } from "@/components/graph/StageGraph";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatDuration, formatInstant } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useMyRole } from "@/components/ui/useMyRole";
import { useNow } from "@/components/ui/useNow";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { RunView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";
import { AttemptsGantt } from "./AttemptsGantt";
import { explainWait } from "./explain-wait";
import { LogPanel } from "./LogPanel";
import { prepareGantt } from "./prepare-gantt";
import { prepareStages } from "./prepare-stages";
import { RunHead } from "./RunHead";
import { taskInFocus } from "./summarize-run";
import { TaskInspector } from "./TaskInspector";
import { type RunState, useRun } from "./useRun";
import { WhyWaits } from "./WhyWaits";
import { describeTrigger } from "./watch/describe-trigger";
import { RunNotes } from "./watch/RunNotes";

const RunNotifications = dynamic(
  () => import("./notifications/RunNotifications").then((module) => module.RunNotifications),
  { ssr: false },
);

/** One run as it goes on: the graph, the time it takes, the log and what each task wrote. */
export function RunPage() {
  const { workspace, runId } = useParams<{ workspace: string; runId: string }>();
  const state = useRun(workspace, runId);
  if (state.run === null) {
    return (
      <>
        <PageHead title="Run" />
        <div className="relative flex-1 bg-panel">
          {state.failure ? (
            <FailurePanel
              actions={<Button onClick={state.refetch}>Try again</Button>}
              failure={state.failure}
            />
          ) : (
            <LoadingBar label="Loading the run" />
          )}
        </div>
      </>
    );
  }
  return <RunBench run={state.run} state={state} workspace={workspace} />;
}

function RunBench({ workspace, run, state }: { workspace: string; run: RunView; state: RunState }) {
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const chosen = useQueryParam("task");
  const now = useNow(!isFinal(run.status));
  const document = useQuery(
    trpc.runs.document.queryOptions({ workspace, runId: run.id }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const task = run.tasks.find((one) => one.taskId === (chosen.value ?? taskInFocus(run))) ?? run.tasks[0];
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const fold = (taskId: string) =>
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(taskId)) after.add(taskId);
      return after;
    });
  const wait = task ? explainWait(run, task.taskId) : null;
  const whyNotAct = whyNot("analyst");
  const config = document.data?.tasks.find((one) => one.task_id === (task?.childOf ?? task?.taskId)) ?? null;
  const resultHref = `/${workspace}/experiments/${run.id}`;

  return (
    <>
      <RunHead run={run} selected={chosen.value} whyNotAct={whyNotAct} workspace={workspace} />
      {state.failure && (
        <FailurePanel failure={state.failure} stillTrue="What is shown below is as it was last read." />
      )}
      <RunNotes onSelect={chosen.set} run={run} selected={task?.taskId ?? null} />
      {isFinal(run.status) && <RunNotifications runId={run.id} whyNot={whyNotAct} workspace={workspace} />}
      <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-1 gap-px overflow-auto bg-line-2 desk:auto-rows-auto desk:grid-cols-[380px_minmax(0,1fr)_300px] desk:grid-rows-[auto_minmax(0,1fr)] desk:overflow-hidden">
        <div className="flex min-h-[320px] flex-col gap-px desk:row-span-2">
          {document.isError ? (
            <FailurePanel failure={failureOf(document.error)} />
          ) : (
            <StageGraph
              className="flex-1"
              onSelect={chosen.set}
              selected={task?.childOf ?? task?.taskId ?? null}
              stages={document.data ? prepareStages(document.data, run, now) : []}
              title="Tasks"
              withPills={false}
            />
          )}
          {wait && <WhyWaits wait={wait} />}
        </div>
        <div className="min-w-0 desk:col-span-2">
          <AttemptsGantt
            gantt={prepareGantt(run.tasks, now, unfolded)}
            onFold={fold}
            onSelect={chosen.set}
            selected={task?.taskId ?? null}
          />
        </div>
        {task && <LogPanel key={task.taskId} runId={run.id} task={task} workspace={workspace} />}
        {task && (
          <TaskInspector
            actions={null}
            config={config}
            lakehouseHref={`/${workspace}/lakehouse`}
            items={itemsOf(run, task.taskId)}
            onSelect={chosen.set}
            resultHref={resultHref}
            task={task}
          />
        )}
      </div>
      <EvidenceLine right={evidence(run, now, state)}>
        <StateGlyph label={`Run ${run.number}`} state={run.status} />
        started {describeTrigger(run)}, from version {run.pipelineVersion}
      </EvidenceLine>
    </>
  );
}

const itemsOf = (run: RunView, taskId: string) => run.tasks.filter(({ childOf }) => childOf === taskId);

function evidence(run: RunView, now: Date, state: RunState) {
  const facts: { key: string; text: React.ReactNode }[] = [];
  if (state.isPolling) {
    facts.push({
      key: "link",
      text: <StateGlyph label="live updates interrupted, read every 3 s" state="stale" />,
    });
  }
  if (run.startedAt) {
    const ms = (run.endedAt ?? now).getTime() - run.startedAt.getTime();
    facts.push({ key: "time", text: `${formatDuration(ms)} ${run.endedAt ? "in all" : "so far"}` });
  }
  facts.push({ key: "at", text: `asked for ${formatInstant(run.createdAt)} UTC` });
  return facts;
}
