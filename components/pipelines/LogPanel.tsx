"use client";

import { Copy, Download } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { formatNumber } from "@/components/ui/format";
import { Panel, PanelBar } from "@/components/ui/Panel";
import { saveTextFile } from "@/components/ui/save-text-file";
import { toastDone } from "@/components/ui/toast";
import type { TaskView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/run-status";
import { FirstError } from "./FirstError";
import { LogLines } from "./LogLines";
import { LOG_CAP, LOG_LEVELS, type LogLevel, logText, prepareLog } from "./prepare-log";
import { useTaskLog } from "./useTaskLog";

export type LogPanelProps = { workspace: string; runId: string; task: TaskView };

/** The log of one task: follows, finds, filters; the first error stays above the lines. Mount it anew for another task. */
export function LogPanel({ workspace, runId, task }: LogPanelProps) {
  const log = useTaskLog(workspace, runId, task.taskId, !isFinal(task.status));
  const [find, setFind] = useState("");
  const [atLeast, setAtLeast] = useState<LogLevel>("debug");
  const [attempt, setAttempt] = useState<number | null>(null);
  const [isFollowing, setFollowing] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const followId = useId();
  const prepared = prepareLog(log.lines, { find, atLeast, attempt });
  const count = prepared.lines.length;
  useEffect(() => {
    // The scroll position of the log: its end, while it is followed.
    if (isFollowing && count > 0) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [isFollowing, count]);

  return (
    <Panel bodyClassName="flex flex-col" isLoading={log.isLoading} label={`Log of ${task.taskId}`}>
      <PanelBar
        actions={
          <>
            <input
              aria-label="Find in log"
              className={`${CONTROL_CLASS} !w-28`}
              onChange={(event) => setFind(event.target.value)}
              placeholder="Find in log"
              type="search"
              value={find}
            />
            <select
              aria-label="Levels"
              className={`${CONTROL_CLASS} !w-auto max-w-28`}
              onChange={(event) => setAtLeast(event.target.value as LogLevel)}
              value={atLeast}
            >
              {LOG_LEVELS.map((level) => (
                <option key={level} value={level}>
                  {level === "debug"
                    ? "All levels"
                    : level === "error"
                      ? "Errors only"
                      : `${level} and above`}
                </option>
              ))}
            </select>
            {task.attempts.length > 1 && (
              <select
                aria-label="Attempts"
                className={`${CONTROL_CLASS} !w-auto max-w-28`}
                onChange={(event) =>
                  setAttempt(event.target.value === "" ? null : Number(event.target.value))
                }
                value={attempt ?? ""}
              >
                <option value="">All attempts</option>
                {task.attempts.map((one) => (
                  <option key={one.number} value={one.number}>
                    Attempt {one.number}
                  </option>
                ))}
              </select>
            )}
            <label className="flex items-center gap-1" htmlFor={followId}>
              <input
                checked={isFollowing}
                id={followId}
                onChange={(event) => setFollowing(event.target.checked)}
                type="checkbox"
              />
              Follow
            </label>
            <Button
              aria-label="Copy log"
              icon={<Copy aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={() =>
                void navigator.clipboard
                  .writeText(logText(prepared.lines))
                  .then(() => toastDone("Log copied"))
              }
            />
            <Button
              aria-label="Download log"
              icon={<Download aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={() => saveTextFile(`${task.taskId}.log`, logText(prepared.lines), "text/plain")}
            />
          </>
        }
        className="flex-wrap py-0.5 [&>span]:flex-wrap"
        meta={logMeta(count, prepared.hidden, log.isTruncated)}
      >
        {task.taskId}, log
      </PanelBar>
      {log.failure && <FailurePanel failure={log.failure} stillTrue="Lines read before stay below." />}
      <FirstError line={prepared.firstError} task={task} />
      <LogLines
        emptyText={emptyText(log.isLoading, task, find !== "" || prepared.hidden > 0)}
        label={`Log lines of ${task.taskId}`}
        lines={prepared.lines}
        onScrolledAway={() => setFollowing(false)}
        scroller={scroller}
      />
    </Panel>
  );
}

function logMeta(count: number, hidden: number, isTruncated: boolean): string {
  const parts = [`${formatNumber(count)} lines`];
  if (hidden > 0) parts.push(`${formatNumber(hidden)} hidden by the filter`);
  if (isTruncated) parts.push(`only the last ${formatNumber(LOG_CAP)} are kept here`);
  return parts.join(", ");
}

function emptyText(isLoading: boolean, task: TaskView, isFiltered: boolean): string {
  if (isLoading) return "Reading the log";
  if (isFiltered) return "No line passes the filter.";
  if (task.status === "queued") return "The task has not started, so it has written nothing.";
  return isFinal(task.status) ? "The task wrote no log." : "The task has written nothing yet.";
}
