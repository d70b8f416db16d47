"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";

/** The version that a run runs, which never changes. */
export function useRunDocument(workspace: string, runId: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.runs.document.queryOptions({ workspace, runId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
}
