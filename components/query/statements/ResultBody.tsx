"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { QueryRun } from "@/domain/query/query-run";
import type { ResultSource } from "../results/result-source";
import { useServerSource } from "./useResultSource";

const ResultPanel = dynamic(
  () => import("../results/panel/ResultPanel").then((module) => module.ResultPanel),
  { ssr: false, loading: () => <LoadingBar /> },
);

const ColumnExplorer = dynamic(
  () => import("../explorer/ColumnExplorer").then((module) => module.ColumnExplorer),
  { ssr: false, loading: () => <LoadingBar /> },
);

export const RESULT_VIEWS = ["grid", "chart", "columns", "plan"] as const;
export type ResultViewName = (typeof RESULT_VIEWS)[number];

export type ResultBodyProps = {
  workspace: string;
  run: QueryRun;
  label: string;
  view: ResultViewName;
  /** Rows that a preview shows at most; null for all. */
  limit: number | null;
};

/** The rows of a run that the server keeps. */
export function ServerResultBody(props: ResultBodyProps) {
  const source = useServerSource(props.workspace, props.run);
  return <ResultBody {...props} source={source} />;
}

/** A result as a grid, a chart or column by column. The grid stays behind the others, with its order and conditions. */
export function ResultBody({ run, label, view, limit, source }: ResultBodyProps & { source: ResultSource }) {
  const [shown, setShown] = useState<ResultSource>(source);
  return (
    <>
      <div className={view === "grid" ? "flex h-full min-h-0 flex-col" : "hidden"}>
        <ResultPanel
          label={label}
          limit={limit}
          onShown={setShown}
          ranAt={run.createdAt}
          source={source}
          status={run.status}
        />
      </div>
      {view === "columns" && <ColumnExplorer source={shown} />}
    </>
  );
}
