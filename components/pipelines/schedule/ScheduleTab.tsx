"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { toastFailure } from "@/components/ui/toast";
import { useMyRole } from "@/components/ui/useMyRole";
import { BackfillsPanel } from "../backfill/BackfillsPanel";
import { SchedulePanel } from "./SchedulePanel";

const REFRESH_MS = 15_000;

/** When a pipeline starts by itself, and what was made up for. */
export function ScheduleTab({ workspace, pipelineId }: { workspace: string; pipelineId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { whyNot } = useMyRole(workspace);
  const scope = { workspace, pipelineId };
  const query = useQuery(trpc.schedules.get.queryOptions(scope, { refetchInterval: REFRESH_MS }));
  const options = {
    onError: (error: unknown) => void toastFailure(failureOf(error)),
    onSettled: () => queryClient.invalidateQueries(trpc.schedules.pathFilter()),
  };
  const pause = useMutation(trpc.schedules.pause.mutationOptions(options));
  const resume = useMutation(trpc.schedules.resume.mutationOptions(options));
  const schedule = query.data;
  const isArchived = schedule?.isArchived === true;
  const whyNotAct =
    whyNot("engineer") ?? (isArchived ? "The pipeline is archived. Bring it back first." : null);
  return (
    <div className="grid min-h-full auto-rows-min grid-cols-1 gap-px bg-line-2 desk:auto-rows-auto desk:grid-cols-[372px_minmax(0,1fr)]">
      <div className="relative min-h-[120px] bg-panel">
        {query.isPending && <LoadingBar label="Reading the schedule" />}
        {query.isError && (
          <FailurePanel
            actions={<Button onClick={() => query.refetch()}>Try again</Button>}
            failure={failureOf(query.error)}
          />
        )}
        {schedule !== undefined && (
          <SchedulePanel
            isBusy={pause.isPending || resume.isPending}
            onPause={() => pause.mutate(scope)}
            onResume={() => resume.mutate(scope)}
            schedule={schedule}
            whyNot={whyNotAct}
          />
        )}
      </div>
      <BackfillsPanel
        hasSchedule={schedule?.expression != null}
        pipelineId={pipelineId}
        timeZone={schedule?.timeZone ?? "UTC"}
        whyNot={whyNotAct}
        workspace={workspace}
      />
    </div>
  );
}
