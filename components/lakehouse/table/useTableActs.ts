"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { toastDone } from "@/components/ui/toast";

/** Acts on a table that change where readers look. Each reads everything about tables anew when it is done. */
export function useTableActs(workspace: string, name: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.tables.pathFilter());
  const done = (words: string) => async () => {
    await refresh();
    void toastDone(words);
  };
  const rollback = useMutation(trpc.tables.rollback.mutationOptions());
  const createBranch = useMutation(trpc.tables.branches.create.mutationOptions());
  const dropBranch = useMutation(trpc.tables.branches.drop.mutationOptions());
  const createTag = useMutation(trpc.tables.tags.create.mutationOptions());
  const dropTag = useMutation(trpc.tables.tags.drop.mutationOptions());
  const publish = useMutation(trpc.tables.publishBranch.mutationOptions({ onError: () => void refresh() }));
  const drop = useMutation(trpc.tables.drop.mutationOptions());
  const all = [rollback, createBranch, dropBranch, createTag, dropTag, publish, drop];
  const own = { workspace, name };
  const failed = all.find(({ isError }) => isError);
  return {
    isBusy: all.some(({ isPending }) => isPending),
    failure: failed === undefined ? null : (failureOf(failed.error) satisfies ShownFailure),
    forget: () => {
      for (const one of all) one.reset();
    },
    rollback: async (snapshotId: string, version: number) => {
      await rollback.mutateAsync({ ...own, snapshotId });
      await done(`main of ${name} holds version ${version} again`)();
    },
    createBranch: async (branch: string, fromSnapshotId: string | null) => {
      await createBranch.mutateAsync({
        ...own,
        branch,
        ...(fromSnapshotId === null ? {} : { fromSnapshotId }),
      });
      await done(`Branch ${branch} made`)();
    },
    createTag: async (tag: string, snapshotId: string | null) => {
      await createTag.mutateAsync({ ...own, tag, ...(snapshotId === null ? {} : { snapshotId }) });
      await done(`Tag ${tag} set`)();
    },
    dropBranch: async (branch: string) => {
      await dropBranch.mutateAsync({ ...own, branch });
      await done(`Branch ${branch} deleted`)();
    },
    dropTag: async (tag: string) => {
      await dropTag.mutateAsync({ ...own, tag });
      await done(`Tag ${tag} deleted`)();
    },
    publish: async (branch: string, check: string | null) => {
      await publish.mutateAsync({ ...own, branch, ...(check === null ? {} : { check }) });
      await done(`${branch} is published: readers of main see it`)();
    },
    drop: async () => {
      await drop.mutateAsync(own);
      void toastDone(`${name} is taken out of the catalog`);
      void refresh();
    },
  };
}

export type TableActs = ReturnType<typeof useTableActs>;
