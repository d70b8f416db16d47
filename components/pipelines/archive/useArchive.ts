import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { toastDone, toastFailure } from "@/components/ui/toast";

/** Puts pipelines away and brings them back. */
export function useArchive(workspace: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.pipelines.pathFilter()),
      queryClient.invalidateQueries(trpc.schedules.pathFilter()),
      queryClient.invalidateQueries(trpc.backfills.pathFilter()),
    ]);
  const archive = useMutation(
    trpc.pipelines.archive.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: async ({ pipelineId, pausedBackfills }) => {
        const paused = pausedBackfills === 0 ? "" : `, ${formatCount(pausedBackfills, "back-fill")} paused`;
        toastDone(`${pipelineId} is archived${paused}`);
        await refresh();
      },
    }),
  );
  const unarchive = useMutation(
    trpc.pipelines.unarchive.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: async ({ pipelineId }) => {
        toastDone(`${pipelineId} is back`);
        await refresh();
      },
    }),
  );
  return {
    isArchiving: archive.isPending,
    bringingBack: unarchive.isPending ? unarchive.variables.pipelineId : null,
    archive: (pipelineId: string, onDone: () => void) =>
      archive.mutate({ workspace, pipelineId }, { onSuccess: onDone }),
    bringBack: (pipelineId: string) => unarchive.mutate({ workspace, pipelineId }),
  };
}
