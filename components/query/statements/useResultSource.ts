"use client";

import { useEffect, useMemo } from "react";
import { useTRPCClient } from "@/components/trpc";
import type { QueryRun } from "@/domain/query/query-run";
import type { ResultSource } from "../results/result-source";
import { serverProcedures } from "../results/source/server-procedures";
import { serverResultSource } from "../results/source/server-result-source";

/** The rows that the server keeps of a run, from its first columns on; `run.columns` must be known. */
export function useServerSource(workspace: string, run: QueryRun): ResultSource {
  const client = useTRPCClient();
  const { id, rows, status } = run;
  const isComplete = status !== "running" && status !== "queued";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run is told by its id; what grows is told below
  const kept = useMemo(
    () =>
      serverResultSource({
        workspace,
        queryId: id,
        columns: run.columns ?? [],
        extent: { rows, isComplete },
        procedures: serverProcedures(client, workspace, id),
      }),
    [client, workspace, id],
  );
  useEffect(() => kept.setExtent({ rows, isComplete }), [kept, rows, isComplete]);
  return kept.source;
}
