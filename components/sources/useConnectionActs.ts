"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";

/** Pause, resume and delete a connection. */
export function useConnectionActs(workspace: string, name: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => void toastFailure(failureOf(error));
  const refresh = () => void queryClient.invalidateQueries(trpc.sources.pathFilter());
  const pause = useMutation(trpc.sources.pause.mutationOptions({ onError, onSettled: refresh }));
  const resume = useMutation(trpc.sources.resume.mutationOptions({ onError, onSettled: refresh }));
  const remove = useMutation(
    trpc.sources.remove.mutationOptions({
      onError,
      onSettled: refresh,
      onSuccess: () => {
        router.push(`/${workspace}/sources`);
        void toastDone(`${name} deleted. Its tables stay.`);
      },
    }),
  );
  return {
    setPaused: (isPaused: boolean) => (isPaused ? pause : resume).mutate({ workspace, name }),
    remove: () => remove.mutate({ workspace, name }),
    isRemoving: remove.isPending,
  };
}
