"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import type { CompletionNames } from "@/domain/query/completion/completion-names";

const REFRESH_MS = 30_000;

/** Every name that statements can use; sent anew only where a name has changed. */
export function useNames(workspace: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const queryKey = [...trpc.queries.completion.queryKey({ workspace }), "kept"];
  const query = useQuery({
    queryKey,
    queryFn: async (): Promise<CompletionNames> => {
      const kept = cache.getQueryData<CompletionNames>(queryKey);
      const version = kept === undefined ? {} : { version: kept.version };
      const names = (await client.queries.completion.query({ workspace, ...version })) ?? kept;
      if (names === undefined) throw new Error("The server knows names that were never sent.");
      return names;
    },
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS,
    structuralSharing: false,
  });
  const { data, isPending, isError, error, refetch } = query;
  return useMemo(
    () => ({
      names: data ?? null,
      isLoading: isPending,
      failure: isError ? failureOf(error) : null,
      refetch: () => void refetch(),
    }),
    [data, isPending, isError, error, refetch],
  );
}
