"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { ForecastSources } from "./ForecastSources";
import { ForecastTable } from "./ForecastTable";
import { OriginTable } from "./OriginTable";
import type { CategoryRow } from "./prepare-category-rows";
import { type ForecastChart, prepareForecastChart } from "./prepare-forecast-chart";
import { daysAhead, prepareOrigins } from "./prepare-origins";

const ForecastPlot = dynamic(() => import("./ForecastPlot").then((module) => module.ForecastPlot), {
  ssr: false,
  loading: () => <div className="h-[280px] bg-sunken" />,
});

export type CategoryPanelProps = {
  workspace: string;
  runId: string;
  row: CategoryRow;
  holdout: { start: string; label: string | null };
};

/** One category drawn: actual against back-test and forecast, and its errors by origin. */
export function CategoryPanel({ workspace, runId, row, holdout }: CategoryPanelProps) {
  const trpc = useTRPC();
  const origin = useQueryParam("origin");
  const [view, setView] = useState<"chart" | "table">("chart");
  const { category } = row;
  const query = useQuery(
    trpc.experiments.forecast.queryOptions({ workspace, runId, category }, { staleTime: 60_000 }),
  );
  const chart = query.data ? prepareForecastChart(query.data, origin.value) : null;
  const label = `Units sold per day, ${category}: actual, back-test from ${chart?.origin ?? "no origin"}, forecast`;
  return (
    <Panel
      actions={
        <Button kind="quiet" onClick={() => setView(view === "chart" ? "table" : "chart")}>
          {view === "chart" ? "Show as table" : "Show as chart"}
        </Button>
      }
      bodyClassName="overflow-auto"
      isLoading={query.isFetching}
      meta={<StateGlyph label={row.status} state={row.status === "PASS" ? "ok" : "err"} />}
      title={category}
    >
      {row.why.map((sentence) => (
        <p className="border-line border-b px-3 py-1.5 text-err" key={sentence}>
          {sentence}
        </p>
      ))}
      {query.isError && (
        <FailurePanel
          actions={<Button onClick={() => query.refetch()}>Try again</Button>}
          failure={failureOf(query.error)}
        />
      )}
      {query.isPending && <p className="h-[320px] px-3 py-2 text-ink-2">Reading {category}</p>}
      {query.data && chart === null && (
        <EmptyState title={`No table holds a day of ${category}.`}>
          The run's forecast tables may have been replaced by a later run.
        </EmptyState>
      )}
      {query.data && chart && (
        <>
          <h3 className="flex justify-between gap-3 px-3 pt-2 text-12">
            <span className="font-semibold text-title">Units sold per day</span>
            <span className="text-ink-2">{drawnText(chart)}</span>
          </h3>
          {view === "chart" && <ChartKey />}
          {view === "chart" ? (
            <ForecastPlot chart={chart} label={label} />
          ) : (
            <ForecastTable chart={chart} label={label} />
          )}
          <p className="border-line border-y px-3 py-1.5 text-12 text-ink-2">
            {insideText(chart)}
            {chart.gaps > 0 && ` ${formatCount(chart.gaps, "day")} of history missing.`}
          </p>
          <OriginTable
            days={daysAhead(query.data.backtest)}
            holdout={holdout}
            onShow={origin.set}
            origins={prepareOrigins(query.data.backtest)}
            shown={chart.origin}
          />
          <ForecastSources forecast={query.data} runId={runId} />
        </>
      )}
    </Panel>
  );
}

/** Names the lines where the chart has no room at their ends. */
function ChartKey() {
  return (
    <p aria-hidden="true" className="flex gap-4 px-3 pt-1 text-12 text-ink-2">
      <span className="flex items-center gap-1.5">
        <span className="w-4 border-ink border-t-2" /> actual
      </span>
      <span className="flex items-center gap-1.5">
        <span className="w-4 border-c1 border-t-2" /> back-test and forecast
      </span>
      <span className="flex items-center gap-1.5">
        <span className="h-2.5 w-4 bg-c1 opacity-[0.22]" /> interval
      </span>
    </p>
  );
}

function drawnText(chart: ForecastChart): string {
  const forecast = chart.days.filter((day) => day.forecast !== null).length;
  return forecast > 0
    ? `back-test from ${chart.origin}, forecast ${forecast} days`
    : `back-test from ${chart.origin}`;
}

function insideText({ outside }: ForecastChart): string {
  if (outside.of === 0) return "The model gave no interval for this back-test.";
  return `${outside.of - outside.days} of ${formatCount(outside.of, "day")} of the back-test lie inside the interval (shaded); a diamond marks a day outside.`;
}
