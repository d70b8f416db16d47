"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastFailure } from "@/components/ui/toast";

export type RerunChoice = { from?: string; only?: "failed" | "changed" };

/** Cancel and rerun. A rerun opens the page of the new run. */
export function useRunActs(workspace: string, pipelineId: string, runId: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => void toastFailure(failureOf(error));
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onError,
      onSuccess: () => void queryClient.invalidateQueries(trpc.runs.pathFilter()),
    }),
  );
  const rerun = useMutation(
    trpc.runs.rerun.mutationOptions({
      onError,
      onSuccess: ({ id }) => {
        if (id !== null) router.push(`/${workspace}/pipelines/${encodeURIComponent(pipelineId)}/runs/${id}`);
      },
    }),
  );
  return {
    isCancelling: cancel.isPending,
    cancel: (onDone: () => void) => cancel.mutate({ workspace, runId }, { onSettled: onDone }),
    isRerunning: rerun.isPending,
    rerun: (choice: RerunChoice & { expected: string[] }, onDone: () => void) =>
      rerun.mutate({ workspace, runId, ...choice }, { onSettled: onDone }),
  };
}
