"use client";

import dynamic from "next/dynamic";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { QueryRun } from "@/domain/query/query-run";
import type { ResultSource } from "../results/result-source";
import { useResultView, useServerSource } from "./useResultSource";

const ResultGrid = dynamic(() => import("../results/grid/ResultGrid").then((module) => module.ResultGrid), {
  ssr: false,
  loading: () => <LoadingBar />,
});

export const RESULT_VIEWS = ["grid", "chart", "columns", "plan"] as const;
export type ResultViewName = (typeof RESULT_VIEWS)[number];

export type ResultBodyProps = { workspace: string; run: QueryRun; label: string; view: ResultViewName };

/** The rows of a run that the server keeps, as a grid, a chart or column by column. */
export function ServerResultBody({ workspace, run, label, view }: ResultBodyProps) {
  const source = useServerSource(workspace, run);
  return <ResultBody label={label} source={source} view={view} />;
}

type SourceBodyProps = Pick<ResultBodyProps, "label" | "view"> & { source: ResultSource };

function ResultBody({ source: base, label }: SourceBodyProps) {
  const { view, source, isPending, failure, setView } = useResultView(base);
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      {isPending && <LoadingBar label="Sorting and filtering" />}
      {failure !== null && (
        <FailurePanel failure={failureOf(failure)} stillTrue="The rows below are as they were." />
      )}
      <ResultGrid
        empty={<EmptyState title="The statement gave no row." />}
        label={label}
        onView={setView}
        source={source}
        view={view}
      />
    </div>
  );
}
