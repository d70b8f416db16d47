"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone } from "@/components/ui/toast";
import type { DataSetKind } from "@/domain/datasets/data-set-record";
import { shortVersion } from "../short-version";

export type WantedPublication = { version?: string; branch?: string; check?: string; note: string };

/** To publish a data set, to undo that, and to name its owner. Each act reads what others see anew. */
export function usePublishing(workspace: string, kind: DataSetKind, name: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = async () => {
    await Promise.all(
      [trpc.datasets, trpc.reports, trpc.dashboards, trpc.tables].map((room) =>
        queryClient.invalidateQueries(room.pathFilter()),
      ),
    );
  };
  const publishing = useMutation(trpc.datasets.publish.mutationOptions({ onSettled: refresh }));
  const undoing = useMutation(trpc.datasets.undo.mutationOptions({ onSettled: refresh }));
  const naming = useMutation(trpc.datasets.setOwner.mutationOptions({ onSettled: refresh }));
  const own = { workspace, kind, name };
  const failed = [publishing, undoing, naming].find(({ isError }) => isError);
  return {
    isBusy: publishing.isPending || undoing.isPending || naming.isPending,
    failure: failed === undefined ? null : failureOf(failed.error),
    forget: () => {
      publishing.reset();
      undoing.reset();
      naming.reset();
    },
    publish: async (wanted: WantedPublication) => {
      const { publishedVersion } = await publishing.mutateAsync({ ...own, ...wanted });
      void toastDone(`Others see ${shortVersion(publishedVersion)} of ${name}`);
    },
    undo: async (publicationId: string, note: string) => {
      const { publishedVersion } = await undoing.mutateAsync({ ...own, publicationId, note });
      void toastDone(
        publishedVersion === null
          ? `${name} is no longer published`
          : `Others see ${shortVersion(publishedVersion)} of ${name} again`,
      );
    },
    setOwner: async (owner: string | null) => {
      await naming.mutateAsync({ ...own, owner });
      void toastDone(owner === null ? `${name} has no owner` : `${owner} owns ${name}`);
    },
  };
}

export type Publishing = ReturnType<typeof usePublishing>;
