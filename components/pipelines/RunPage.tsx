"use client";

import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatDuration, formatInstant } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useMyRole } from "@/components/ui/useMyRole";
import { useNow } from "@/components/ui/useNow";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { RunView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";
import { RunHead } from "./RunHead";
import { taskInFocus } from "./summarize-run";
import { type RunState, useRun } from "./useRun";
import { useRunDocument } from "./useRunDocument";
import { describeTrigger } from "./watch/describe-trigger";
import { RunNotes } from "./watch/RunNotes";
import { RunPanels } from "./watch/RunPanels";
import { shownRunState } from "./watch/shown-run-state";

const RunNotifications = dynamic(
  () => import("./notifications/RunNotifications").then((module) => module.RunNotifications),
  { ssr: false },
);

const RunCompare = dynamic(() => import("./watch/RunCompare").then((module) => module.RunCompare), {
  ssr: false,
});

/** One run as it goes on: the graph, the time it takes, the log and what each task wrote. */
export function RunPage() {
  const { workspace, runId } = useParams<{ workspace: string; runId: string }>();
  const state = useRun(workspace, runId);
  // Asked for at once, for the graph of its tasks.
  useRunDocument(workspace, runId);
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
  const { whyNot } = useMyRole(workspace);
  const chosen = useQueryParam("task");
  const compared = useQueryParam("compare");
  const now = useNow(!isFinal(run.status));
  const inFocus = chosen.value ?? taskInFocus(run);
  const task = run.tasks.find(({ taskId }) => taskId === inFocus) ?? run.tasks[0];
  const whyNotAct = whyNot("analyst");

  return (
    <>
      <RunHead
        onCompare={compared.set}
        run={run}
        selected={chosen.value}
        whyNotAct={whyNotAct}
        workspace={workspace}
      />
      {state.failure && (
        <FailurePanel failure={state.failure} stillTrue="What is shown below is as it was last read." />
      )}
      <RunNotes onSelect={chosen.set} run={run} selected={task?.taskId ?? null} />
      {isFinal(run.status) && <RunNotifications runId={run.id} whyNot={whyNotAct} workspace={workspace} />}
      {compared.value === null ? (
        <RunPanels now={now} onSelect={chosen.set} run={run} task={task} workspace={workspace} />
      ) : (
        <RunCompare
          onClose={() => compared.set(null)}
          otherId={compared.value}
          run={run}
          workspace={workspace}
        />
      )}
      <EvidenceLine right={evidence(run, now, state)}>
        <StateGlyph label={`Run ${run.number}`} state={shownRunState(run)} />
        <span>
          started {describeTrigger(run)}, from version {run.pipelineVersion}
        </span>
      </EvidenceLine>
    </>
  );
}

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
