"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastFailure } from "@/components/ui/toast";
import type { StreamAct } from "./prepare-streams";

/** What can be done with a connection's syncs and their streams. */
export function useSyncActs(workspace: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => void toastFailure(failureOf(error));
  const refresh = () => {
    void queryClient.invalidateQueries(trpc.syncs.pathFilter());
    void queryClient.invalidateQueries(trpc.sources.pathFilter());
  };
  const start = useMutation(trpc.syncs.start.mutationOptions({ onError, onSettled: refresh }));
  const cancel = useMutation(trpc.syncs.cancel.mutationOptions({ onError, onSettled: refresh }));
  const cancelStream = useMutation(trpc.syncs.cancelStream.mutationOptions({ onError, onSettled: refresh }));
  const retryStream = useMutation(trpc.syncs.retryStream.mutationOptions({ onError, onSettled: refresh }));
  const refreshStream = useMutation(
    trpc.syncs.refreshStream.mutationOptions({ onError, onSettled: refresh }),
  );
  const ofStream: Record<StreamAct, typeof cancelStream> = {
    cancel: cancelStream,
    retry: retryStream,
    refresh: refreshStream as typeof cancelStream,
  };
  return {
    isStarting: start.isPending,
    start: (
      input: { name: string; streams?: string[]; refresh?: boolean },
      onStarted: (id: string) => void,
    ) => start.mutate({ workspace, ...input }, { onSuccess: ({ id }) => onStarted(id) }),
    isCancelling: cancel.isPending,
    cancel: (syncId: string, onDone: () => void) =>
      cancel.mutate({ workspace, syncId }, { onSettled: onDone }),
    act: (act: StreamAct, syncId: string, stream: string, onSync: (id: string) => void) =>
      ofStream[act].mutate({ workspace, syncId, stream }, { onSuccess: ({ id }) => onSync(id) }),
    actingOn:
      (Object.entries(ofStream) as [StreamAct, typeof cancelStream][]).find(
        ([, one]) => one.isPending,
      )?.[0] ?? null,
  };
}
