"use client";

import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { LOG_CAP, mergeLines } from "@/components/log/prepare-log";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { LogLineView } from "@/domain/pipelines/run-view";

const FALLBACK_MS = 2_000;

export type TaskLog = {
  lines: LogLineView[];
  failure: ShownFailure | null;
  isLoading: boolean;
  isTruncated: boolean;
};

/** The log of a task: what is stored, and while the task is open what arrives. Mount it anew for another task. */
export function useTaskLog(workspace: string, runId: string, taskId: string, isOpen: boolean): TaskLog {
  const trpc = useTRPC();
  const [lines, setLines] = useState<LogLineView[]>([]);
  const stream = useSubscription(
    trpc.runs.logLines.subscriptionOptions(
      { workspace, runId, taskId },
      { enabled: isOpen, onData: (batch) => setLines((held) => mergeLines(held, batch.data)) },
    ),
  );
  const isPolling = isOpen && stream.status !== "pending";
  const stored = useQuery(
    trpc.runs.logs.queryOptions(
      { workspace, runId, taskId, newest: true, limit: LOG_CAP },
      { refetchInterval: isPolling ? FALLBACK_MS : false },
    ),
  );
  const { data, refetch } = stored;
  useEffect(() => {
    // The server's stored log, which the stream adds to.
    if (data !== undefined) setLines((held) => mergeLines(held, data));
  }, [data]);
  useEffect(() => {
    // The last lines may be stored after the stream of an ended task has closed.
    if (!isOpen) void refetch();
  }, [isOpen, refetch]);
  return {
    lines,
    failure: stored.isError ? failureOf(stored.error) : null,
    isLoading: stored.isPending,
    isTruncated: lines.length >= LOG_CAP,
  };
}
