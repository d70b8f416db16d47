"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { type EnginesSummary, prepareEngines } from "./prepare-engines";

export type Engines = {
  summary: EnginesSummary | null;
  version: string | null;
  failure: ShownFailure | null;
  /** When it was last read, in milliseconds since 1970; 0 for never. */
  readAtMs: number;
};

/** The engines, read every 10 s, every 2 s while one of them starts. */
export function useEngines(): Engines {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.status.engines.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data === undefined || prepareEngines(state.data.engines).isSettled ? 10_000 : 2_000,
    }),
  );
  return {
    summary: query.data === undefined ? null : prepareEngines(query.data.engines),
    version: query.data?.version ?? null,
    failure: query.isError ? failureOf(query.error) : null,
    readAtMs: query.dataUpdatedAt,
  };
}
