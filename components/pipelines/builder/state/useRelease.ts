"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";
import type { DraftText } from "./useDraftText";

export type Release = {
  isActivating: boolean;
  isDiscarding: boolean;
  /** Why the last activation was refused. */
  failure: ShownFailure | null;
  activate: (note: string, acceptOthers: boolean) => void;
  discard: () => void;
};

/** Makes the draft the active version, or throws it away. What is shown is saved first. */
export function useRelease(
  place: { workspace: string; pipelineId: string },
  draft: DraftText,
  onDone: (act: "activated" | "discarded") => void,
): Release {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = async (act: "activated" | "discarded", stored: { text: string; revision: number }) => {
    draft.restart(stored);
    onDone(act);
    await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
  };
  const activation = useMutation(
    trpc.pipelines.activate.mutationOptions({
      onSuccess: async ({ version, revision }) => {
        await done("activated", { text: draft.state.history.text, revision });
        void toastDone(`Version ${version} is active`);
      },
    }),
  );
  const discarding = useMutation(
    trpc.pipelines.discardDraft.mutationOptions({
      onSuccess: (stored) => done("discarded", stored),
      onError: (error) => void toastFailure(failureOf(error)),
    }),
  );
  const whenSaved = async (act: (baseRevision: number) => void) => {
    const baseRevision = await draft.saveNow();
    if (baseRevision !== null) act(baseRevision);
  };
  return {
    isActivating: activation.isPending,
    isDiscarding: discarding.isPending,
    failure: activation.isError ? failureOf(activation.error) : null,
    activate: (note, acceptOthers) =>
      void whenSaved((baseRevision) => activation.mutate({ ...place, baseRevision, note, acceptOthers })),
    discard: () => void whenSaved((baseRevision) => discarding.mutate({ ...place, baseRevision })),
  };
}
