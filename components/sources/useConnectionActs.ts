"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";
import { isFinal } from "@/domain/shared/is-final";

/** Pause, resume and delete a connection. */
export function useConnectionActs(workspace: string, name: string) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => void toastFailure(failureOf(error));
  const client = useTRPCClient();
  /** Says how it ended also when this page has been left. */
  const tellOfRelease = (operationId: string) => {
    client.operations.changes.subscribe(
      { workspace, operationId },
      {
        onError,
        onData: ({ status, released, error }) => {
          if (status === "succeeded")
            void toastDone(
              released?.length
                ? `Dropped at the source: ${released.join(", ")}.`
                : "The source kept no slot.",
            );
          else if (isFinal(status))
            void toastFailure({
              code: error?.code ?? "cancelled",
              message:
                `The replication slots of ${name} are still at the source. ${error?.message ?? ""}`.trim(),
              hint: "Drop them there with pg_drop_replication_slot, or the server keeps its log for them.",
            });
        },
      },
    );
  };
  const refresh = () => void queryClient.invalidateQueries(trpc.sources.pathFilter());
  const pause = useMutation(trpc.sources.pause.mutationOptions({ onError, onSettled: refresh }));
  const resume = useMutation(trpc.sources.resume.mutationOptions({ onError, onSettled: refresh }));
  const remove = useMutation(
    trpc.sources.remove.mutationOptions({
      onError,
      onSettled: refresh,
      onSuccess: ({ release }) => {
        router.push(`/${workspace}/sources`);
        void toastDone(`${name} deleted. Its tables stay.`);
        if (release !== null) tellOfRelease(release.id);
      },
    }),
  );
  return {
    setPaused: (isPaused: boolean) => (isPaused ? pause : resume).mutate({ workspace, name }),
    remove: () => remove.mutate({ workspace, name }),
    isRemoving: remove.isPending,
  };
}
