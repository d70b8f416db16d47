"use client";

import { useEffect, useMemo, useState } from "react";
import { useTRPCClient } from "@/components/trpc";
import type { QueryRun } from "@/domain/query/query-run";
import type { ResultView } from "@/domain/query/result-view";
import type { ResultSource } from "../results/result-source";
import { serverResultSource } from "../results/source/server-result-source";

type Client = ReturnType<typeof useTRPCClient>;

const sourceOf = (client: Client, workspace: string, run: QueryRun) =>
  serverResultSource({
    workspace,
    queryId: run.id,
    columns: run.columns ?? [],
    extent: { rows: run.rows, isComplete: run.status === "succeeded" },
    procedures: {
      view: (view: ResultView, signal) =>
        client.queries.view.mutate({ workspace, id: run.id, view }, { signal }),
      rowsOf: async (sql, viewId, signal) => {
        const at = viewId === null ? {} : { viewId };
        return (await client.queries.ask.mutate({ workspace, id: run.id, sql, ...at }, { signal })).rows;
      },
    },
  });

/** The rows that the server keeps of a run, from its first columns on; `run.columns` must be known. */
export function useServerSource(workspace: string, run: QueryRun): ResultSource {
  const client = useTRPCClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run is told by its id; what grows is told below
  const kept = useMemo(() => sourceOf(client, workspace, run), [client, workspace, run.id]);
  const { rows, status } = run;
  useEffect(() => {
    kept.setExtent({ rows, isComplete: status !== "running" && status !== "queued" });
  }, [kept, rows, status]);
  useEffect(() => () => kept.source.close(), [kept]);
  return kept.source;
}

const WHOLE: ResultView = { sort: [], filters: [], search: "" };

/** A result as it is looked at: sorted, filtered, searched. The earlier look stays until the next is there. */
export function useResultView(base: ResultSource) {
  const [view, setView] = useState<ResultView>(WHOLE);
  const [shown, setShown] = useState<{ view: ResultView; source: ResultSource }>({
    view: WHOLE,
    source: base,
  });
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    // The server, or DuckDB in the page, which make the order of rows.
    if (view === WHOLE) {
      setShown({ view, source: base });
      return;
    }
    const stop = new AbortController();
    setFailure(null);
    base.view(view, stop.signal).then(
      (source) => stop.signal.aborted || setShown({ view, source }),
      (error: unknown) => stop.signal.aborted || setFailure(error),
    );
    return () => stop.abort();
  }, [base, view]);
  return { view, source: shown.source, isPending: shown.view !== view && failure === null, failure, setView };
}
