"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastFailure } from "@/components/ui/toast";

/** Starts a run and opens its page. Each press has a key of its own, so that a repeated request starts one run. */
export function useStartRun(workspace: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const start = useMutation(
    trpc.pipelines.run.mutationOptions({
      retry: (count, error) => count < 2 && failureOf(error).code === "network",
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: ({ id }, { pipelineId }) => {
        void queryClient.invalidateQueries(trpc.pipelines.pathFilter());
        router.push(`/${workspace}/pipelines/${encodeURIComponent(pipelineId)}/runs/${id}`);
      },
    }),
  );
  return {
    isStarting: start.isPending,
    startingId: start.isPending ? start.variables.pipelineId : null,
    /** The active version, or another one. */
    start: (pipelineId: string, version?: number) =>
      start.mutate({
        workspace,
        pipelineId,
        idempotencyKey: crypto.randomUUID(),
        ...(version === undefined ? {} : { version }),
      }),
  };
}
