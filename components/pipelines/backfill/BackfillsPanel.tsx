"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { Panel } from "@/components/ui/Panel";
import { toastFailure } from "@/components/ui/toast";
import type { BackfillView } from "@/domain/pipelines/backfill/backfill-view";
import { BackfillDialog, type BackfillDialogProps } from "./BackfillDialog";
import { BackfillTable } from "./BackfillTable";

const REFRESH_MS = 2_000;

export type BackfillsPanelProps = Omit<BackfillDialogProps, "onClose"> & { whyNot: string | null };

/** The back-fills of a pipeline: how far each is, and the acts on it. */
export function BackfillsPanel({ whyNot, ...place }: BackfillsPanelProps) {
  const { workspace, pipelineId } = place;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isStarting, setStarting] = useState(false);
  const [cancelling, setCancelling] = useState<BackfillView | null>(null);
  const query = useQuery(
    trpc.backfills.list.queryOptions(
      { workspace, pipelineId },
      {
        refetchInterval: ({ state }) =>
          state.data?.some((each) => each.status === "running") === true ? REFRESH_MS : false,
      },
    ),
  );
  const options = {
    onError: (error: unknown) => void toastFailure(failureOf(error)),
    onSettled: () => queryClient.invalidateQueries(trpc.backfills.pathFilter()),
  };
  const pause = useMutation(trpc.backfills.pause.mutationOptions(options));
  const resume = useMutation(trpc.backfills.resume.mutationOptions(options));
  const cancel = useMutation(
    trpc.backfills.cancel.mutationOptions({ ...options, onSuccess: () => setCancelling(null) }),
  );
  return (
    <Panel
      actions={
        <Button disabledReason={whyNot} onClick={() => setStarting(true)}>
          Back-fill
        </Button>
      }
      bodyClassName="overflow-auto"
      isLoading={query.isPending}
      title="Back-fills"
    >
      {query.isError && (
        <FailurePanel
          actions={<Button onClick={() => query.refetch()}>Try again</Button>}
          failure={failureOf(query.error)}
        />
      )}
      {query.data?.length === 0 && (
        <EmptyState title="Nothing was back-filled yet.">
          A back-fill runs the pipeline for times of the past, a few at a time; it can be paused.
        </EmptyState>
      )}
      {query.data !== undefined && query.data.length > 0 && (
        <BackfillTable
          backfills={query.data}
          isBusy={pause.isPending || resume.isPending}
          onCancel={setCancelling}
          onPause={({ id: backfillId }) => pause.mutate({ workspace, backfillId })}
          onResume={({ id: backfillId }) => resume.mutate({ workspace, backfillId })}
          whyNot={whyNot}
        />
      )}
      {isStarting && <BackfillDialog {...place} onClose={() => setStarting(false)} />}
      {cancelling !== null && (
        <ConfirmDialog
          actLabel="Cancel back-fill"
          description="Its runs that go on are cancelled and no further ones are made. Runs that have ended stay as they are."
          isBusy={cancel.isPending}
          isOpen
          name={pipelineId}
          onClose={() => setCancelling(null)}
          onConfirm={() => cancel.mutate({ workspace, backfillId: cancelling.id })}
          safeLabel="Let it go on"
          title="Cancel this back-fill?"
        />
      )}
    </Panel>
  );
}
