"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { isFinal } from "@/domain/shared/is-final";
import type { SyncView } from "@/domain/sources/sync-view";

const FALLBACK_MS = 3_000;

export type SyncState = {
  sync: SyncView | null;
  failure: ShownFailure | null;
  /** True while an open sync is followed by asking again, because the stream of changes is not connected. */
  isPolling: boolean;
  refetch: () => void;
};

/** A sync as it changes: pushed by the server; asked for every three seconds while the stream of changes is down. */
export function useSync(workspace: string, syncId: string | null): SyncState {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const input = { workspace, syncId: syncId ?? "" };
  const cached = queryClient.getQueryData(trpc.syncs.get.queryKey(input));
  const isOpen = syncId !== null && (cached === undefined || !isFinal(cached.status));
  const changes = useSubscription(
    trpc.syncs.changes.subscriptionOptions(input, {
      enabled: isOpen,
      onData: (view) => {
        queryClient.setQueryData(trpc.syncs.get.queryKey(input), view);
        // The list, the history and the connection show its end too.
        if (isFinal(view.status)) {
          void queryClient.invalidateQueries(trpc.sources.pathFilter());
          void queryClient.invalidateQueries(trpc.syncs.list.pathFilter());
        }
      },
    }),
  );
  const isPolling = isOpen && changes.status !== "pending";
  const query = useQuery(
    trpc.syncs.get.queryOptions(input, {
      enabled: syncId !== null,
      refetchInterval: isPolling ? FALLBACK_MS : false,
    }),
  );
  return {
    sync: query.data ?? null,
    failure: query.isError ? failureOf(query.error) : null,
    isPolling: isPolling && query.data !== undefined,
    refetch: () => void query.refetch(),
  };
}
