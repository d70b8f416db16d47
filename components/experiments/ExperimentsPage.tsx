"use client";

import { useQuery } from "@tanstack/react-query";
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
import { StateGlyph } from "@/components/ui/StateGlyph";
import { EvaluatedRuns } from "./EvaluatedRuns";

const REFRESH_MS = 10_000;

/** Every experiment with its last verdict and its evaluated runs, newest first. */
export function ExperimentsPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const list = useQuery(trpc.experiments.list.queryOptions({ workspace }, { refetchInterval: REFRESH_MS }));
  const experiments = list.data ?? [];
  const runs = experiments.reduce((sum, { runs: own }) => sum + own.length, 0);
  const meta = list.data
    ? `${formatCount(experiments.length, "experiment")}, ${formatCount(runs, "evaluated run")}`
    : "";
  return (
    <>
      <PageHead meta={meta} title="Experiments" />
      <div className="flex min-h-0 flex-1 flex-col gap-px overflow-auto bg-line-2">
        {(list.isError || list.isPending) && (
          <Panel
            className={list.data ? "flex-none" : "flex-1"}
            isLoading={list.isPending}
            label="Experiments"
          >
            {list.isError ? (
              <FailurePanel
                actions={<Button onClick={() => list.refetch()}>Try again</Button>}
                failure={failureOf(list.error)}
                {...(runs > 0 ? { stillTrue: "The runs below were read before." } : {})}
              />
            ) : (
              <p className="p-3 text-ink-2">Reading evaluations</p>
            )}
          </Panel>
        )}
        {experiments.map(({ name, lastRun, runs: own }, index) => (
          <Panel
            bodyClassName="overflow-x-auto"
            className={index === experiments.length - 1 ? "flex-1" : "flex-none"}
            key={name}
            meta={
              <StateGlyph
                label={`${lastRun.verdict.status}, last run ${lastRun.number}`}
                state={lastRun.verdict.status === "PASS" ? "ok" : "err"}
              />
            }
            title={name}
          >
            <EvaluatedRuns experiment={name} runs={own} workspace={workspace} />
          </Panel>
        ))}
        {list.data?.length === 0 && (
          <Panel className="flex-1" label="Experiments">
            <EmptyState title="No run has been evaluated yet.">
              A run whose pipeline has a <code>model_evaluate</code> task appears here once that task has
              ended.
            </EmptyState>
          </Panel>
        )}
      </div>
      <EvidenceLine>The hundred newest evaluations, as model_evaluate wrote them</EvidenceLine>
    </>
  );
}
