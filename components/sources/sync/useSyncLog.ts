"use client";

import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { LOG_CAP, mergeLines } from "@/components/log/prepare-log";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { SyncLogLine } from "@/domain/sources/sync-view";

const FALLBACK_MS = 2_000;

export type SyncLog = {
  lines: SyncLogLine[];
  failure: ShownFailure | null;
  isLoading: boolean;
  isTruncated: boolean;
};

/** The log of a stream: what is stored, and while the stream is open what arrives. Mount it anew for another stream. */
export function useSyncLog(workspace: string, syncId: string, stream: string, isOpen: boolean): SyncLog {
  const trpc = useTRPC();
  const [lines, setLines] = useState<SyncLogLine[]>([]);
  const arriving = useSubscription(
    trpc.syncs.logLines.subscriptionOptions(
      { workspace, syncId, stream },
      { enabled: isOpen, onData: (batch) => setLines((held) => mergeLines(held, batch.data)) },
    ),
  );
  const isPolling = isOpen && arriving.status !== "pending";
  const stored = useQuery(
    trpc.syncs.logs.queryOptions(
      { workspace, syncId, stream, limit: LOG_CAP },
      { refetchInterval: isPolling ? FALLBACK_MS : false },
    ),
  );
  const { data, refetch } = stored;
  useEffect(() => {
    // The server's stored log, which the stream adds to.
    if (data !== undefined) setLines((held) => mergeLines(held, data));
  }, [data]);
  useEffect(() => {
    // The last lines may be stored after the stream of an ended one has closed.
    if (!isOpen) void refetch();
  }, [isOpen, refetch]);
  return {
    lines,
    failure: stored.isError ? failureOf(stored.error) : null,
    isLoading: stored.isPending,
    isTruncated: lines.length >= LOG_CAP,
  };
}
