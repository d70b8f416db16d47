"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { RunView } from "@/domain/pipelines/run-view";
import { applyRunChange } from "@/domain/pipelines/watch/apply-run-change";
import { readRunChange } from "@/domain/pipelines/watch/read-run-change";
import { isFinal } from "@/domain/shared/is-final";

const FALLBACK_MS = 3_000;

export type RunState = {
  run: RunView | null;
  failure: ShownFailure | null;
  /** True while an open run is followed by asking again, because the stream of changes is not connected. */
  isPolling: boolean;
  updatedAt: Date | null;
  refetch: () => void;
};

/**
 * A run as it changes: the stream of changes begins with the whole run. While the stream is down, or does not begin within
 * three seconds, the run is asked for every three seconds.
 */
export function useRun(workspace: string, runId: string): RunState {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = trpc.runs.get.queryKey({ workspace, runId });
  const cached = queryClient.getQueryData(key);
  const isOpen = cached === undefined || !isFinal(cached.status);
  const take = (text: string) => {
    // An answer under way may be older than this.
    void queryClient.cancelQueries({ queryKey: key }, { silent: true, revert: false });
    queryClient.setQueryData(key, (held) => applyRunChange(held ?? null, readRunChange(text)) ?? undefined);
  };
  const changes = useSubscription(
    trpc.runs.follow.subscriptionOptions({ workspace, runId }, { enabled: isOpen, onData: take }),
  );
  const isConnecting = isOpen && changes.status === "connecting" && changes.error === null;
  const isLate = useElapsed(isConnecting, FALLBACK_MS);
  const isPolling = isOpen && changes.status !== "pending" && (!isConnecting || isLate);
  const query = useQuery(
    trpc.runs.get.queryOptions(
      { workspace, runId },
      {
        enabled: isPolling,
        refetchInterval: isPolling ? FALLBACK_MS : false,
        staleTime: isPolling ? 0 : Number.POSITIVE_INFINITY,
      },
    ),
  );
  return {
    run: query.data ?? null,
    failure: query.isError ? failureOf(query.error) : null,
    isPolling: isPolling && query.data !== undefined,
    updatedAt: query.dataUpdatedAt > 0 ? new Date(query.dataUpdatedAt) : null,
    refetch: () => void query.refetch(),
  };
}

/** Whether `isOn` has been true for so long. */
function useElapsed(isOn: boolean, ms: number): boolean {
  const [hasElapsed, setElapsed] = useState(false);
  useEffect(() => {
    // The browser's clock.
    if (!isOn) return;
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => {
      clearTimeout(timer);
      setElapsed(false);
    };
  }, [isOn, ms]);
  return isOn && hasElapsed;
}
