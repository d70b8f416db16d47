"use client";

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ChartSpec } from "@/domain/query/compile/chart-spec";
import { numberWords, type Plot, type PlotRow, type PlotSeries, shortLabel } from "./prepare-chart";

const AXIS = { fill: "var(--ink-2)", fontSize: 11 };
const STILL = { isAnimationActive: false, activeDot: false, dot: false } as const;

export type ChartPlotProps = {
  plot: Plot;
  kind: ChartSpec["kind"];
  label: string;
  /** The words of a place between points. */
  words: (x: number) => string;
};

/** The chart itself; what it shows stands in the table beside it, too. */
export function ChartPlot({ plot, kind, label, words }: ChartPlotProps) {
  const { rows, series, isScaled, domain, valueDomain, valueTicks } = plot;
  return (
    <div aria-label={label} className="h-full min-h-[150px] w-full" role="img">
      <ResponsiveContainer height="100%" width="100%">
        <ComposedChart
          accessibilityLayer={false}
          data={rows}
          margin={{ top: 12, right: 40, bottom: 4, left: 0 }}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          {isScaled ? (
            <XAxis
              dataKey="x"
              domain={domain}
              minTickGap={32}
              stroke="var(--ctl)"
              tick={AXIS}
              tickFormatter={words}
              tickLine={{ stroke: "var(--ctl)" }}
              type="number"
            />
          ) : (
            <XAxis
              dataKey="label"
              // Where not all have room, the first has a name: in the largest-first order it is the one that matters.
              interval="preserveStart"
              minTickGap={12}
              stroke="var(--ctl)"
              tick={AXIS}
              tickFormatter={shortLabel}
              tickLine={{ stroke: "var(--ctl)" }}
              type="category"
            />
          )}
          <YAxis
            axisLine={false}
            domain={valueDomain}
            stroke="var(--ctl)"
            tick={AXIS}
            tickFormatter={numberWords}
            tickLine={false}
            ticks={valueTicks}
            width={72}
          />
          <Tooltip
            content={({ active, payload }) =>
              active && payload?.[0] ? (
                <PlaceCard row={payload[0].payload as PlotRow} series={series} />
              ) : null
            }
            cursor={kind === "bar" ? { fill: "var(--select)" } : { stroke: "var(--ctl)" }}
            isAnimationActive={false}
          />
          {series.map((each) => mark(kind, each))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Series have different places where they were thinned out: a line goes on to its next one. */
function mark(kind: ChartSpec["kind"], { key, name, color }: PlotSeries) {
  switch (kind) {
    case "line":
      return (
        <Line
          {...STILL}
          connectNulls
          dataKey={key}
          key={key}
          name={name}
          stroke={color}
          strokeWidth={1.5}
          type="linear"
        />
      );
    case "area":
      return (
        <Area
          {...STILL}
          connectNulls
          dataKey={key}
          fill={color}
          fillOpacity={0.22}
          key={key}
          name={name}
          stroke={color}
          type="linear"
        />
      );
    case "bar":
      return <Bar dataKey={key} fill={color} isAnimationActive={false} key={key} name={name} />;
    case "scatter":
      return (
        <Scatter
          dataKey={key}
          fill={color}
          fillOpacity={0.7}
          isAnimationActive={false}
          key={key}
          name={name}
          shape="circle"
        />
      );
  }
}

function PlaceCard({ row, series }: { row: PlotRow; series: PlotSeries[] }) {
  return (
    <div className="max-w-72 rounded-3 border border-line-2 bg-raised px-2 py-1 text-12 text-ink shadow-float">
      <p className="truncate font-semibold">{row.label}</p>
      {series
        .filter(({ key }) => row[key] !== undefined)
        .map(({ key, name, color }) => (
          <p className="flex items-center gap-1.5" key={key}>
            <span aria-hidden="true" className="h-2 w-2 shrink-0" style={{ background: color }} />
            <span className="min-w-0 truncate">{name}</span>
            <span className="ml-auto tabular-nums">{numberWords(row[key] ?? Number.NaN)}</span>
          </p>
        ))}
    </div>
  );
}
