"use client";

import { useState } from "react";
import { StageGraph } from "@/components/graph/StageGraph";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { explainWait } from "../explain-wait";
import { AttemptsGantt } from "../gantt/AttemptsGantt";
import { prepareGantt } from "../gantt/prepare-gantt";
import { LogPanel } from "../LogPanel";
import { prepareStages } from "../prepare-stages";
import { TaskInspector } from "../TaskInspector";
import { useRunDocument } from "../useRunDocument";
import { WhyWaits } from "../WhyWaits";

export type RunPanelsProps = {
  workspace: string;
  run: RunView;
  /** The task that is looked at; undefined in a run without tasks. */
  task: TaskView | undefined;
  now: Date;
  onSelect: (taskId: string) => void;
};

/** The tiles of a run: its graph, its time, and the chosen task's log, inputs and outputs. */
export function RunPanels({ workspace, run, task, now, onSelect }: RunPanelsProps) {
  const document = useRunDocument(workspace, run.id);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const fold = (taskId: string) =>
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(taskId)) after.add(taskId);
      return after;
    });
  const wait = task ? explainWait(run, task.taskId) : null;
  const config = document.data?.tasks.find((one) => one.task_id === (task?.childOf ?? task?.taskId)) ?? null;
  const resultHref = `/${workspace}/experiments/${run.id}`;

  return (
    <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-1 gap-px overflow-auto bg-line-2 desk:auto-rows-auto desk:grid-cols-[380px_minmax(0,1fr)_300px] desk:grid-rows-[fit-content(42%)_minmax(0,1fr)] desk:overflow-hidden">
      <div className="flex min-h-[320px] flex-col gap-px desk:row-span-2">
        {document.isError ? (
          <FailurePanel failure={failureOf(document.error)} />
        ) : (
          <StageGraph
            className="flex-1"
            onSelect={onSelect}
            selected={task?.childOf ?? task?.taskId ?? null}
            stages={document.data ? prepareStages(document.data, run, now) : []}
            title="Tasks"
            withPills={false}
          />
        )}
        {wait && <WhyWaits wait={wait} />}
      </div>
      <div className="flex max-h-[60vh] min-h-0 min-w-0 flex-col desk:col-span-2 desk:max-h-none">
        <AttemptsGantt
          gantt={prepareGantt(run.tasks, now, unfolded)}
          onFold={fold}
          runStatus={run.status}
          onSelect={onSelect}
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
          onSelect={onSelect}
          pipelinesHref={`/${workspace}/pipelines`}
          resultHref={resultHref}
          task={task}
        />
      )}
    </div>
  );
}

const itemsOf = (run: RunView, taskId: string) => run.tasks.filter(({ childOf }) => childOf === taskId);
