"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone } from "@/components/ui/toast";

export type CatalogFields = { name: string; connector: string; properties: Record<string, string> };

/** The catalog documents of a workspace, and how they are kept and removed. */
export function useCatalogDocuments(workspace: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useQuery(trpc.queries.catalogs.list.queryOptions({ workspace }));
  const onSettled = () => queryClient.invalidateQueries(trpc.queries.pathFilter());
  const save = useMutation(trpc.queries.catalogs.save.mutationOptions({ onSettled }));
  const remove = useMutation(trpc.queries.catalogs.remove.mutationOptions({ onSettled }));
  const failed = remove.error ?? save.error;
  return {
    list,
    failure: failed === null ? null : failureOf(failed),
    isBusy: save.isPending || remove.isPending,
    reset: () => {
      save.reset();
      remove.reset();
    },
    /** `expectedVersion` is what the author saw, 0 for none. */
    save: ({ name, ...rest }: CatalogFields, expectedVersion: number, onSaved: () => void) =>
      save.mutate(
        { workspace, name, document: rest, expectedVersion },
        {
          onSuccess: () => {
            void toastDone(`${name} is kept. Trino reads it once a statement names it.`);
            onSaved();
          },
        },
      ),
    remove: (name: string, onRemoved: () => void) =>
      remove.mutate({ workspace, name }, { onSuccess: onRemoved }),
  };
}
