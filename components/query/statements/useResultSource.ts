"use client";

import { useEffect, useMemo } from "react";
import { useTRPCClient } from "@/components/trpc";
import type { QueryRun } from "@/domain/query/query-run";
import type { ResultSource } from "../results/result-source";
import { serverProcedures } from "../results/source/server-procedures";
import { type ServerResultSource, serverResultSource } from "../results/source/server-result-source";

const isComplete = ({ status }: QueryRun): boolean => status !== "running" && status !== "queued";

/** The rows that the server keeps of a run; `run.columns` must be known. */
export const serverSource = (
  client: ReturnType<typeof useTRPCClient>,
  workspace: string,
  run: QueryRun,
): ServerResultSource =>
  serverResultSource({
    workspace,
    queryId: run.id,
    columns: run.columns ?? [],
    extent: { rows: run.rows, isComplete: isComplete(run) },
    procedures: serverProcedures(client, workspace, run.id),
  });

/** One source for a run from its first columns on, which grows with it. */
export function useServerSource(workspace: string, run: QueryRun): ResultSource {
  const client = useTRPCClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run is told by its id; what grows is told below
  const kept = useMemo(() => serverSource(client, workspace, run), [client, workspace, run.id]);
  const { rows } = run;
  const isWhole = isComplete(run);
  useEffect(() => kept.setExtent({ rows, isComplete: isWhole }), [kept, rows, isWhole]);
  return kept.source;
}
