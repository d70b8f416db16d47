"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import type { EngineName } from "@/domain/query/dialect";
import type { QueryStatus } from "@/domain/query/query-run";

export type HistoryFilter = {
  search: string;
  status: QueryStatus | null;
  engine: EngineName | null;
  everybody: boolean;
};

/** Statements that were run, newest first, page by page. */
export function useHistory(workspace: string, { search, status, engine, everybody }: HistoryFilter) {
  const trpc = useTRPC();
  return useInfiniteQuery(
    trpc.queries.list.infiniteQueryOptions(
      {
        workspace,
        limit: 50,
        everybody,
        ...(search.trim() === "" ? {} : { search: search.trim() }),
        ...(status === null ? {} : { status }),
        ...(engine === null ? {} : { ranOn: engine }),
      },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
}
