import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { hasGap, mergeRuns } from "./merge-runs";

/** What the page reads of the newest runs, at most. */
const NEWEST = 50;
const PAGE = 200;

/** All runs that were asked for: the newest, as the page reads them again and again, and older ones page by page. */
export function useRunHistory(workspace: string, pipelineId: string, newest: RunSummary[]) {
  const trpc = useTRPC();
  const [isAsked, setAsked] = useState(false);
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(
      { workspace, pipelineId, limit: PAGE },
      {
        enabled: isAsked,
        staleTime: Number.POSITIVE_INFINITY,
        getNextPageParam: ({ nextCursor }) => nextCursor,
      },
    ),
  );
  const older = data?.pages.flatMap(({ items }) => items) ?? [];
  const isBehind = hasGap(newest, older);
  useEffect(() => {
    // The server's list, which went on by more than the page reads of it.
    if (isBehind) void refetch();
  }, [isBehind, refetch]);
  const isMore = isAsked ? hasNextPage || error !== null : newest.length >= NEWEST;
  const failure: ShownFailure | null = error === null ? null : failureOf(error);
  const readOlder = () => {
    if (!isAsked) setAsked(true);
    else if (data === undefined) void refetch();
    else void fetchNextPage();
  };
  return {
    runs: mergeRuns(newest, older),
    failure,
    isReading: isAsked && isFetching,
    readOlder: isMore || (isAsked && isFetching) ? readOlder : null,
  };
}
