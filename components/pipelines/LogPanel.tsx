"use client";

import { LogView } from "@/components/log/LogView";
import type { TaskView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";
import { FirstError } from "./FirstError";
import { useTaskLog } from "./useTaskLog";

export type LogPanelProps = { workspace: string; runId: string; task: TaskView };

/** The log of one task; the first error stays above the lines. Mount it anew for another task. */
export function LogPanel({ workspace, runId, task }: LogPanelProps) {
  const log = useTaskLog(workspace, runId, task.taskId, !isFinal(task.status));
  return (
    <LogView
      above={(line) => <FirstError line={line} task={task} />}
      attempts={task.attempts.map(({ number }) => number)}
      emptyText={emptyText(task)}
      failure={log.failure}
      isLoading={log.isLoading}
      isTruncated={log.isTruncated}
      lines={log.lines}
      name={task.taskId}
    />
  );
}

function emptyText(task: TaskView): string {
  if (task.status === "queued") return "The task has not started, so it has written nothing.";
  return isFinal(task.status) ? "The task wrote no log." : "The task has written nothing yet.";
}
