"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { isFinal } from "@/domain/shared/run-status";
import { EvaluatedRuns } from "./EvaluatedRuns";

const MOST_RUNS = 50;

/** The evaluated runs among the last fifty, newest first. */
export function ExperimentsPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const list = useQuery(
    trpc.runs.list.queryOptions({ workspace, limit: MOST_RUNS }, { refetchInterval: 10_000 }),
  );
  const runs = list.data?.items ?? [];
  const ended = runs.filter((run) => isFinal(run.status));
  const evaluations = useQueries({
    queries: ended.map((run) =>
      trpc.experiments.evaluation.queryOptions({ workspace, runId: run.id }, { staleTime: 60_000 }),
    ),
  });
  const rows = ended.flatMap((run, index) => {
    const report = evaluations[index]?.data;
    return report ? [{ run, report }] : [];
  });
  const failed = list.error ?? evaluations.find((one) => one.isError)?.error ?? null;
  const isLoading = list.isPending || evaluations.some((one) => one.isPending);
  return (
    <>
      <PageHead meta={isLoading ? "" : formatCount(rows.length, "evaluated run")} title="Experiments" />
      <Panel bodyClassName="overflow-auto" className="flex-1" isLoading={isLoading} label="Evaluated runs">
        {failed && (
          <FailurePanel
            actions={<Button onClick={() => list.refetch()}>Try again</Button>}
            failure={failureOf(failed)}
            {...(rows.length > 0 ? { stillTrue: "The runs below were read before." } : {})}
          />
        )}
        {rows.length > 0 && <EvaluatedRuns rows={rows} workspace={workspace} />}
        {rows.length === 0 && !isLoading && !failed && (
          <EmptyState title="No run has been evaluated yet.">
            A run whose pipeline has a <code>model_evaluate</code> task appears here once that task has ended.
          </EmptyState>
        )}
        {rows.length === 0 && isLoading && <p className="p-3 text-ink-2">Reading evaluations</p>}
      </Panel>
      <EvidenceLine
        right={
          list.data?.nextCursor
            ? [{ key: "more", text: `only the last ${MOST_RUNS} runs were looked at` }]
            : []
        }
      >
        {formatCount(ended.length, "ended run")} looked at; reports as model_evaluate wrote them
      </EvidenceLine>
    </>
  );
}
