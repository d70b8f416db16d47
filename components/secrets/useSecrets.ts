"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { useMyRole } from "@/components/ui/useMyRole";
import type { SecretView } from "@/domain/sources/secret-view";
import { roleAtLeast } from "@/domain/workspaces/role-at-least";

export type StoreSecret = {
  run: (name: string, value: string, onStored: () => void) => void;
  isBusy: boolean;
  failure: ShownFailure | null;
  reset: () => void;
};

export type SecretsHandle = {
  /** Null while it loads, or where this person may not see it. */
  list: SecretView[] | null;
  failure: ShownFailure | null;
  /** Why this person cannot set one; null where they can. */
  whyNot: string | null;
  store: StoreSecret;
};

/** The secrets of a workspace: their names, never their values; and setting one. */
export function useSecrets(workspace: string): SecretsHandle {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { role, whyNot } = useMyRole(workspace);
  const maySee = role !== null && roleAtLeast(role, "engineer");
  const list = useQuery(trpc.secrets.list.queryOptions({ workspace }, { enabled: maySee }));
  const set = useMutation(
    trpc.secrets.set.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.secrets.pathFilter()),
      // The value is in the mutation's variables: it must not stay in the browser's memory.
      gcTime: 0,
    }),
  );
  return {
    list: list.data ?? null,
    failure: list.isError ? failureOf(list.error) : null,
    whyNot: whyNot("engineer"),
    store: {
      run: (name, value, onStored) =>
        set.mutate(
          { workspace, name, value },
          {
            onSuccess: () => {
              set.reset();
              onStored();
            },
          },
        ),
      isBusy: set.isPending,
      failure: set.isError ? failureOf(set.error) : null,
      reset: () => set.reset(),
    },
  };
}
