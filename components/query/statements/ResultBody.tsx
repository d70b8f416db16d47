"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { KeepInBrowser } from "../browser/KeepInBrowser";
import type { Chart } from "../drafts/draft";
import { ExportMenu } from "../export/ExportMenu";
import { useResultView } from "../results/panel/useResultView";
import { ViewTags } from "../results/panel/ViewTags";
import type { ResultSource } from "../results/result-source";
import { addFilter, isWholeResult } from "../results/view/change-view";
import { AskAgainSide, type AskAgainSideProps } from "./AskAgainSide";
import { tabTitle } from "./prepare-statements";
import type { ShownStatement } from "./statement";
import { useServerSource } from "./useResultSource";

const loading = () => <LoadingBar />;
/** The code that draws rows; called before there are any, it is there with them. */
export const loadResultPanel = () =>
  import("../results/panel/ResultPanel").then((module) => module.ResultPanel);
const ResultPanel = dynamic(loadResultPanel, { ssr: false, loading });
const ColumnExplorer = dynamic(
  () => import("../explorer/ColumnExplorer").then((module) => module.ColumnExplorer),
  { ssr: false, loading },
);
const ChartPanel = dynamic(() => import("../chart/ChartPanel").then((module) => module.ChartPanel), {
  ssr: false,
  loading,
});

export const RESULT_VIEWS = ["grid", "chart", "columns", "plan"] as const;
export type ResultViewName = (typeof RESULT_VIEWS)[number];

export type ResultBodyProps = Pick<AskAgainSideProps, "scope" | "workspace" | "others" | "onAsked"> & {
  statement: ShownStatement;
  view: ResultViewName;
  /** Rows that a preview shows at most; null for all. */
  limit: number | null;
  chart: Chart;
  onChart: (chart: Chart) => void;
};

/** The rows of a run that the server keeps. */
export function ServerResultBody(props: ResultBodyProps) {
  const source = useServerSource(props.workspace, props.statement.run);
  return <ResultBody {...props} source={source} />;
}

/** A result as a grid, a chart or column by column. The grid stays behind the others, with its order and conditions. */
export function ResultBody(props: ResultBodyProps & { source: ResultSource }) {
  const { statement, view, limit, source, chart, onChart } = props;
  const state = useResultView(source);
  const { shown } = state;
  const [isAsking, setAsking] = useState(false);
  const { run } = statement;
  const title = tabTitle(statement);
  return (
    <div className="flex h-full min-h-0">
      <div className={view === "grid" ? "flex min-h-0 min-w-0 flex-1 flex-col" : "hidden"}>
        <ResultPanel
          actions={
            <>
              <Button
                aria-pressed={isAsking}
                disabledReason={run.status === "succeeded" ? null : "All rows have to be here first."}
                kind="quiet"
                onClick={() => setAsking(!isAsking)}
              >
                Ask again
              </Button>
              <KeepInBrowser run={run} scope={props.scope} source={source} title={title} />
              <ExportMenu name={title} shown={shown} source={source} />
            </>
          }
          label={`Rows of ${title}`}
          limit={limit}
          ranAt={run.createdAt}
          source={source}
          state={state}
          status={run.status}
        />
      </div>
      {view === "columns" && (
        <div className="flex min-w-0 flex-1 flex-col">
          {!isWholeResult(state.view) && (
            <div className="relative flex shrink-0 items-center gap-3 border-line border-b px-3 py-1 text-12">
              {state.isLoading && <LoadingBar label="Finding the rows" />}
              <ViewTags columns={source.columns} onView={state.setView} view={state.view} />
              {state.view.search !== "" && <span className="text-ink-2">with “{state.view.search}”</span>}
              <Button kind="quiet" onClick={state.reset}>
                Reset
              </Button>
              {state.failure !== null && <span className="text-err">{state.failure.message}</span>}
            </div>
          )}
          <div className="min-h-0 flex-1">
            <ColumnExplorer
              onFilter={(filters) => state.setView(filters.reduce(addFilter, state.view))}
              source={shown}
            />
          </div>
        </div>
      )}
      {view === "chart" && (
        <div className="min-w-0 flex-1">
          <ChartPanel onSpec={onChart} source={shown} spec={chart} />
        </div>
      )}
      {isAsking && view === "grid" && (
        <AskAgainSide {...props} onClose={() => setAsking(false)} result={source} />
      )}
    </div>
  );
}
