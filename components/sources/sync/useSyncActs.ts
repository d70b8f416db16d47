"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastFailure } from "@/components/ui/toast";
import type { StreamAct } from "./prepare-streams";

/** What can be done with a connection's syncs and their streams. An act that starts a sync of its own shows it. */
export function useSyncActs(workspace: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  const [acting, setActing] = useState<string | null>(null);
  const onError = (error: unknown) => void toastFailure(failureOf(error));
  const refresh = () => {
    void queryClient.invalidateQueries(trpc.syncs.pathFilter());
    void queryClient.invalidateQueries(trpc.sources.pathFilter());
  };
  /** The connection's own address shows the newest sync; the address of another sync is left for it. */
  const showNewest = () => {
    const [connection] = path.split("/syncs/");
    if (connection !== undefined && connection !== path) router.push(connection);
  };
  const start = useMutation(
    trpc.syncs.start.mutationOptions({ onError, onSettled: refresh, onSuccess: showNewest }),
  );
  const cancel = useMutation(trpc.syncs.cancel.mutationOptions({ onError, onSettled: refresh }));
  const act = useMutation({
    mutationFn: ({ kind, syncId, stream }: { kind: StreamAct; syncId: string; stream: string }) => {
      const input = { workspace, syncId, stream };
      if (kind === "cancel") return client.syncs.cancelStream.mutate(input);
      if (kind === "retry") return client.syncs.retryStream.mutate(input);
      return client.syncs.refreshStream.mutate(input);
    },
    onError,
    onSuccess: ({ id }, { syncId }) => id !== syncId && showNewest(),
    onSettled: () => {
      setActing(null);
      refresh();
    },
  });
  return {
    isStarting: start.isPending,
    start: (input: { name: string; refresh?: boolean }) => start.mutate({ workspace, ...input }),
    isCancelling: cancel.isPending,
    cancel: (syncId: string) => cancel.mutate({ workspace, syncId }),
    /** `cancel/orders` while that is under way. */
    acting,
    act: (kind: StreamAct, syncId: string, stream: string, key: string) => {
      setActing(`${kind}/${key}`);
      act.mutate({ kind, syncId, stream });
    },
  };
}
