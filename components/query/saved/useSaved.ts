"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";

/** The saved queries of a workspace, and what can be done with them. */
export function useSaved(workspace: string) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const list = useQuery(trpc.savedQueries.list.queryOptions({ workspace }));
  const refresh = async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: trpc.savedQueries.list.queryKey() }),
      cache.invalidateQueries({ queryKey: trpc.savedQueries.versions.queryKey() }),
      cache.invalidateQueries({ queryKey: trpc.savedQueries.get.queryKey() }),
    ]);
  };
  const save = useMutation(trpc.savedQueries.save.mutationOptions({ onSuccess: refresh }));
  const restore = useMutation(trpc.savedQueries.restore.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(trpc.savedQueries.remove.mutationOptions({ onSuccess: refresh }));
  return { list, save, restore, remove };
}
