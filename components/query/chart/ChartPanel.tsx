"use client";

import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { Menu } from "@/components/ui/Menu";
import { saveTextFile } from "@/components/ui/save-text-file";
import { ChartSpec } from "@/domain/query/compile/chart-spec";
import { proposeChart } from "@/domain/query/compile/propose-chart";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultSource } from "../results/result-source";
import { useResultExtent } from "../results/useResultExtent";
import { ChartForm } from "./ChartForm";
import { ChartTable } from "./ChartTable";
import { chartNotes, chartTitle, type Plot, type PlotSeries, placeWords, preparePlot } from "./prepare-chart";
import { chartCsv, saveChartPng, saveChartSvg } from "./save-chart";
import { type ChartState, useChart } from "./useChart";

const ChartPlot = dynamic(() => import("./ChartPlot").then((module) => module.ChartPlot), {
  ssr: false,
  loading: () => <LoadingBar />,
});

export type ChartPanelProps = {
  /** A result, or a view of it: all its rows are drawn. */
  source: ResultSource;
  /** As it was kept with the query; what does not fit the result is left aside. Null for a first proposal. */
  spec: unknown;
  /** The chart was changed, to be kept with the query. */
  onSpec: (spec: ChartSpec) => void;
};

/** A chart of a result: what is drawn, the picture or its table, and how to save it. */
export function ChartPanel({ source, spec: given, onSpec }: ChartPanelProps) {
  const { rows, isComplete } = useResultExtent(source);
  const spec = useMemo(
    () => fitting(given, source.columns) ?? proposeChart(source.columns),
    [given, source.columns],
  );
  const state = useChart(source, spec, isComplete);
  if (spec === null) {
    return <EmptyState title="No column of this result can be drawn: they hold lists, maps or rows." />;
  }
  return (
    <div className="relative flex h-full min-h-0 flex-col bg-panel">
      {state.isLoading && <LoadingBar label="Computing the chart" />}
      <div className="shrink-0 border-line border-b">
        <ChartForm columns={source.columns} onSpec={onSpec} spec={spec} />
      </div>
      {!isComplete && (
        <p className="px-3 py-2 text-12 text-ink-2">
          The chart is drawn once all rows are here; {formatCount(rows, "row")} so far.
        </p>
      )}
      {state.failure !== null && (
        <FailurePanel
          failure={failureOf(state.failure)}
          {...(state.drawn === null ? {} : { stillTrue: "The chart below is the one before." })}
        />
      )}
      {state.drawn !== null && <Drawn columns={source.columns} drawn={state.drawn} />}
    </div>
  );
}

/** A kept chart may be of other columns than this result has. */
function fitting(given: unknown, columns: readonly ResultColumn[]): ChartSpec | null {
  const parsed = ChartSpec.safeParse(given);
  if (!parsed.success) return null;
  const { x, y, series } = parsed.data;
  const used = [x, ...y.map(({ column }) => column), series].filter((column) => column !== null);
  return used.every((column) => column < columns.length) ? parsed.data : null;
}

type DrawnProps = { drawn: NonNullable<ChartState["drawn"]>; columns: readonly ResultColumn[] };

function Drawn({ drawn: { data, spec }, columns }: DrawnProps) {
  const [isTable, setTable] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const picture = useRef<HTMLDivElement>(null);
  const plot = useMemo(() => preparePlot(data, spec.kind), [data, spec.kind]);
  const title = chartTitle(spec, columns);
  const axisName = columns[spec.x]?.name ?? "";
  const notes = chartNotes(data);
  if (plot.rows.length === 0) {
    return (
      <EmptyState
        title={data.rows === 0 ? "The result has no rows to draw." : "No row has a value for both axes."}
      >
        {notes.join(" ")}
      </EmptyState>
    );
  }
  const savePng = () => {
    if (picture.current === null) return;
    saveChartPng(picture.current, title).catch(() =>
      setFailure("The browser could not draw this as PNG. Save it as SVG."),
    );
  };
  const span = plot.domain[1] - plot.domain[0];
  return (
    <>
      <div className="flex min-h-[30px] shrink-0 items-center gap-3 px-3">
        <h3 className="min-w-0 truncate font-semibold text-title" title={title}>
          {title}
        </h3>
        {plot.series.length > 1 && <Legend series={plot.series} />}
        <span className="ml-auto flex shrink-0 items-center gap-2">
          <Button aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            Table
          </Button>
          <Menu
            items={[
              ...(isTable
                ? []
                : ([
                    { kind: "action", key: "png", label: "Picture (PNG)", onSelect: savePng },
                    {
                      kind: "action",
                      key: "svg",
                      label: "Picture (SVG)",
                      onSelect: () => picture.current && saveChartSvg(picture.current, title),
                    },
                  ] as const)),
              {
                kind: "action",
                key: "csv",
                label: "Points that are drawn (CSV)",
                onSelect: () => saveTextFile(`${title}.csv`, chartCsv(plot, axisName), "text/csv"),
              },
            ]}
            trigger={<Button>Save chart</Button>}
          />
        </span>
      </div>
      {failure !== null && (
        <p className="px-3 text-12 text-err" role="alert">
          {failure}
        </p>
      )}
      <div className="min-h-0 flex-1 overflow-auto" ref={picture}>
        {isTable ? (
          <ChartTable axisName={axisName} label={title} plot={plot} />
        ) : (
          <ChartPlot kind={spec.kind} label={title} plot={plot} words={(x) => placeWords(x, data, span)} />
        )}
      </div>
      <SourceLine notes={notes} plot={plot} rows={data.rows} />
    </>
  );
}

function SourceLine({ notes, plot, rows }: { notes: string[]; plot: Plot; rows: number }) {
  return (
    <p className="shrink-0 border-line border-t px-3 py-1 text-12 text-ink-2">
      {formatCount(plot.rows.length, "place")} of {formatCount(rows, "row")}. {notes.join(" ")}
    </p>
  );
}

function Legend({ series }: { series: PlotSeries[] }) {
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-x-3 text-12 text-ink-2">
      {series.map(({ key, name, color }) => (
        <li className="flex min-w-0 items-center gap-1.5" key={key}>
          <span aria-hidden="true" className="h-2 w-2 shrink-0" style={{ background: color }} />
          <span className="max-w-40 truncate">{name}</span>
        </li>
      ))}
    </ul>
  );
}
