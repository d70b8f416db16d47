"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { DiffRow, TableDiff } from "../lake-types";
import type { DiffKind } from "./prepare-diff";

const PAGE = 100;
const EXPORT_PAGE = 10_000;
export const MOST_EXPORTED = 100_000;

export type DiffWanted = {
  name: string;
  from: string | null;
  to: string | null;
  /** Names with commas between them, `-` for whole rows, null for the table's own key. */
  key: string | null;
  kind: DiffKind | null;
};

/** The rows that differ between two snapshots, page by page, and all of them for a file. */
export function useDiff(
  workspace: string,
  { name, from, to, key, kind }: DiffWanted,
): {
  diff: TableDiff | null;
  items: DiffRow[];
  failure: ShownFailure | null;
  isLoading: boolean;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** At most `MOST_EXPORTED` rows. */
  readAll: () => Promise<DiffRow[]>;
} {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const isWanted = from !== null && to !== null && from !== to;
  const input = {
    workspace,
    name,
    from: from ?? "",
    to: to ?? "",
    ...(key === null ? {} : { key }),
    ...(kind === null ? {} : { kind }),
  };
  const query = useInfiniteQuery(
    trpc.tables.diff.infiniteQueryOptions(
      { ...input, limit: PAGE },
      {
        enabled: isWanted,
        getNextPageParam: (page) => page.nextCursor,
        // Two snapshots never change, and so neither does their difference.
        staleTime: Number.POSITIVE_INFINITY,
        placeholderData: keepPreviousData,
        retry: false,
      },
    ),
  );
  const readAll = async () => {
    const all: DiffRow[] = [];
    let cursor: string | null = null;
    do {
      const page: TableDiff = await client.tables.diff.query({
        ...input,
        limit: EXPORT_PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && all.length < MOST_EXPORTED);
    return all;
  };
  return {
    diff: isWanted ? (query.data?.pages[0] ?? null) : null,
    items: isWanted ? (query.data?.pages.flatMap(({ items }) => items) ?? []) : [],
    failure: isWanted && query.isError ? failureOf(query.error) : null,
    isLoading: isWanted && query.isFetching,
    hasMore: query.hasNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
    readAll,
  };
}
