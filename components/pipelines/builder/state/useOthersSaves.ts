"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc";
import type { DraftText } from "./useDraftText";

/** Somebody else saved: their text comes in below one's own steps. `stored` is the revision that the server holds. */
export function useOthersSaves(
  place: { workspace: string; pipelineId: string },
  stored: number | null,
  { takeIn, state }: DraftText,
): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isBehind = stored !== null && stored > state.revision && state.conflicts === null;
  useEffect(() => {
    if (!isBehind) return;
    let isGone = false;
    const options = trpc.pipelines.draft.queryOptions(place, { staleTime: 0 });
    queryClient.fetchQuery(options).then(
      (theirs) => {
        if (!isGone) takeIn({ text: theirs.text, revision: theirs.revision });
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [isBehind, takeIn, place, queryClient, trpc]);
}
