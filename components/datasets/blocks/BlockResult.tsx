"use client";

import dynamic from "next/dynamic";
import { ValueGrid } from "@/components/grid/ValueGrid";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatCount, formatDuration, formatInstant, formatNumber } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { ChartSettings } from "@/domain/datasets/report-content";
import type { BlockRows } from "../data-set-types";
import { prepareChart } from "./prepare-chart";

const BlockChart = dynamic(() => import("./BlockChart").then((module) => module.BlockChart), {
  ssr: false,
  loading: () => (
    <div className="relative h-[260px]">
      <LoadingBar label="Drawing" />
    </div>
  ),
});

/** So many rows a table in a report draws. */
const SHOWN_ROWS = 200;

export type BlockResultProps = {
  title: string;
  result: BlockRows;
  chart: ChartSettings | undefined;
};

/** The rows of a query as its chart or as a table, with where they come from. */
export function BlockResult({ title, result, chart }: BlockResultProps) {
  return (
    <>
      <Drawn chart={chart} result={result} title={title} />
      <Evidence chart={chart} result={result} />
    </>
  );
}

function Drawn({ title, result, chart }: BlockResultProps) {
  if (result.rows.length === 0) return <EmptyState title="The query returns no row." />;
  if (chart === undefined || chart.kind === "table") return <Rows result={result} title={title} />;
  const prepared = prepareChart(result, chart);
  if (prepared.kind === "problem")
    return (
      <>
        <p className="border-line border-b bg-warn-wash px-3 py-1.5">
          <StateGlyph label={`${prepared.message} The rows are below.`} state="warning" />
        </p>
        <Rows result={result} title={title} />
      </>
    );
  return (
    <BlockChart
      kind={chart.kind}
      label={`${title}: ${prepared.series.join(", ")} over ${chart.x}, ${formatCount(prepared.points.length, "point")}`}
      points={prepared.points}
      series={prepared.series}
    />
  );
}

function Rows({ title, result }: { title: string; result: BlockRows }) {
  return (
    <div className="max-h-[420px] overflow-auto">
      <ValueGrid
        columns={result.columns}
        label={title === "" ? "Rows" : title}
        offset={0}
        rows={result.rows.slice(0, SHOWN_ROWS)}
      />
    </div>
  );
}

/** Rows, moment and tables: no number without where it comes from. */
function Evidence({ result, chart }: { result: BlockRows; chart: ChartSettings | undefined }) {
  const count = result.rows.length;
  const isTable = chart === undefined || chart.kind === "table";
  const drawn = Math.min(count, isTable ? SHOWN_ROWS : 2_000);
  return (
    <p className="flex min-h-[26px] flex-wrap items-center gap-x-3 border-line border-t px-3 text-12 text-ink-2">
      <StateGlyph
        label={
          result.truncated
            ? `the first ${formatNumber(count)} rows, there are more`
            : formatCount(count, "row")
        }
        state={result.truncated ? "warning" : "succeeded"}
      />
      {drawn < count && <span>{formatNumber(drawn)} of them shown</span>}
      <span>as of {formatInstant(result.ranAt)} UTC</span>
      <span>{formatDuration(result.elapsedMs)}</span>
      {result.tables.map(({ name, snapshotId }) => (
        <span key={name} title={`Snapshot ${snapshotId ?? "none yet"}`}>
          <code>{name}</code>
        </span>
      ))}
    </p>
  );
}
