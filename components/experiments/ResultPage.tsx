"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount, formatInstant } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { saveTextFile } from "@/components/ui/save-text-file";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { EvaluationReport } from "@/domain/experiments/evaluation-report";
import type { RunView } from "@/domain/pipelines/run-view";
import { CategoryPanel } from "./CategoryPanel";
import { CategoryTable } from "./CategoryTable";
import { categoryCsv } from "./category-csv";
import { prepareCategoryRows, WEAKEST_FIRST } from "./prepare-category-rows";
import { prepareVerdict } from "./prepare-verdict";
import { VerdictHead } from "./VerdictHead";

/** What came of a run: the verdict, the categories weakest first, and the forecast of one of them. */
export function ResultPage() {
  const { workspace, runId } = useParams<{ workspace: string; runId: string }>();
  const trpc = useTRPC();
  const run = useQuery(trpc.runs.get.queryOptions({ workspace, runId }));
  const evaluation = useQuery(trpc.experiments.evaluation.queryOptions({ workspace, runId }));
  const runHref = run.data
    ? `/${workspace}/pipelines/${encodeURIComponent(run.data.pipelineId)}/runs/${runId}`
    : null;
  const failed = run.error ?? evaluation.error;

  if (evaluation.data && run.data && runHref) {
    return <Result report={evaluation.data} run={run.data} runHref={runHref} workspace={workspace} />;
  }
  return (
    <>
      <PageHead title={run.data ? `Result of run ${run.data.number}` : "Result"} />
      <div className="relative flex-1 bg-panel">
        {failed && (
          <FailurePanel
            actions={
              <Button
                onClick={() => {
                  void run.refetch();
                  void evaluation.refetch();
                }}
              >
                Try again
              </Button>
            }
            failure={failureOf(failed)}
          />
        )}
        {!failed && (evaluation.isPending || run.isPending) && <LoadingBar label="Loading the result" />}
        {evaluation.data === null && run.data && runHref && (
          <EmptyState
            action={
              <Link className="link" href={runHref}>
                Open run {run.data.number}
              </Link>
            }
            title={`Run ${run.data.number} has no evaluation.`}
          >
            {run.data.status === "succeeded"
              ? "Its pipeline has no model_evaluate task."
              : `The run is ${run.data.status}; its model_evaluate task has not written a report.`}
          </EmptyState>
        )}
      </div>
    </>
  );
}

type ResultProps = { workspace: string; run: RunView; report: EvaluationReport; runHref: string };

function Result({ workspace, run, report, runHref }: ResultProps) {
  const [sort, setSort] = useState(WEAKEST_FIRST);
  const category = useQueryParam("category");
  const rows = prepareCategoryRows(report, sort);
  const weakest = prepareCategoryRows(report, WEAKEST_FIRST)[0];
  const selected = rows.find((row) => row.category === category.value) ?? weakest;
  const verdict = prepareVerdict(report);
  return (
    <>
      <PageHead
        actions={
          <>
            {report.mlflowUrl && (
              <a className="link" href={report.mlflowUrl} rel="noreferrer" target="_blank">
                MLflow run<span className="sr-only"> (opens a new window)</span>
              </a>
            )}
            <Button
              icon={<Download aria-hidden="true" size={13} />}
              onClick={() =>
                saveTextFile(`${run.pipelineId}-run-${run.number}.csv`, categoryCsv(rows), "text/csv")
              }
            >
              Export CSV
            </Button>
          </>
        }
        meta={
          <Link className="link" href={runHref}>
            {run.pipelineId}, run {run.number}
          </Link>
        }
        title="Forecast and errors"
      />
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-px overflow-auto bg-line-2 desk:grid-cols-[minmax(0,1fr)_minmax(452px,36%)] desk:overflow-hidden">
        <div className="flex min-h-0 min-w-0 flex-col">
          <VerdictHead status={report.status} verdict={verdict} />
          <Panel
            bodyClassName="overflow-auto"
            className="min-h-[280px] flex-1"
            label="Categories, weakest first"
          >
            {rows.length === 0 ? (
              <EmptyState title="The report has no category.">
                The back-test table of the run is empty.
              </EmptyState>
            ) : (
              <CategoryTable
                onSelect={category.set}
                onSort={setSort}
                rows={rows}
                selected={selected?.category ?? null}
                sort={sort}
              />
            )}
          </Panel>
          <p className="border-line-2 border-t bg-sunken px-3 py-1.5 text-12 text-ink-2">
            Bold: lowest error of the three. Bar: model; ticks: seasonal naive (grey) and mean of 4 weekdays
            (ochre). Differences are model minus baseline: below zero the model is better. Not corrected for{" "}
            {formatCount(rows.length * 2, "comparison")}.
          </p>
        </div>
        {selected && (
          <CategoryPanel
            holdout={{ start: report.holdoutStart, label: report.holdoutLabel }}
            key={selected.category}
            row={selected}
            runId={run.id}
            workspace={workspace}
          />
        )}
      </div>
      <EvidenceLine
        right={[
          { key: "version", text: `pipeline version ${run.pipelineVersion}` },
          {
            key: "at",
            text: run.endedAt ? `as of ${formatInstant(run.endedAt)} UTC` : "the run is not over",
          },
        ]}
      >
        <StateGlyph
          label={`Scored on ${formatCount(report.overall.backtest.days, "category day")}`}
          state="succeeded"
        />
        <span className="truncate">
          {report.origins.length > 0
            ? `${formatCount(report.origins.length, "origin")} from ${report.origins[0]}`
            : `the holdout from ${report.holdoutStart}`}
          {report.backtestTable && (
            <>
              , table <code>{report.backtestTable.name}</code>, version {report.backtestTable.version}
            </>
          )}
        </span>
      </EvidenceLine>
    </>
  );
}
