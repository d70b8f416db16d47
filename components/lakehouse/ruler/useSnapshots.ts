"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { Snapshot } from "../lake-types";

const PAGE = 200;

/** The snapshots of a table, newest first, page by page. */
export function useSnapshots(
  workspace: string,
  name: string,
): {
  /** Null while the first page loads. */
  snapshots: Snapshot[] | null;
  failure: ShownFailure | null;
  hasOlder: boolean;
  isLoading: boolean;
  loadOlder: () => void;
  retry: () => void;
} {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.tables.snapshots.infiniteQueryOptions(
      { workspace, name, limit: PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const pages = query.data?.pages;
  const snapshots = useMemo(() => pages?.flatMap(({ items }) => items) ?? null, [pages]);
  return {
    snapshots,
    failure: query.isError ? failureOf(query.error) : null,
    hasOlder: query.hasNextPage,
    isLoading: query.isFetching,
    loadOlder: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}
