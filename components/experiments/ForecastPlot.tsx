"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatNumber } from "@/components/ui/format";
import type { ChartDay, ForecastChart } from "./prepare-forecast-chart";
import { dayOfMonth } from "./prepare-labels";

const AXIS = { fill: "var(--ink-2)", fontSize: 11 };
const DAY_MS = 86_400_000;

/** Actual in ink, back-test and forecast in the model's colour, their intervals in the same colour at 22 %. */
export function ForecastPlot({ chart, label }: { chart: ForecastChart; label: string }) {
  const data = chart.days.map((day) => ({ ...day, outside: day.isOutside ? day.actual : null }));
  const ends = lineEnds(chart.days);
  const originAt = chart.origin === null ? null : Date.parse(`${chart.origin}T00:00:00Z`);
  const futureAt = chart.forecastStart === null ? null : Date.parse(`${chart.forecastStart}T00:00:00Z`);
  return (
    <div aria-label={label} className="h-[280px] w-full" role="img">
      <ResponsiveContainer height="100%" width="100%">
        <ComposedChart
          accessibilityLayer={false}
          data={data}
          margin={{ top: 22, right: 64, bottom: 4, left: 0 }}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          {futureAt !== null && (
            <ReferenceArea fill="var(--sunken)" fillOpacity={1} x1={futureAt} x2={chart.domain[1]} />
          )}
          <XAxis
            dataKey="at"
            domain={chart.domain}
            scale="time"
            stroke="var(--ctl)"
            tick={AXIS}
            tickFormatter={dayOfMonth}
            tickLine={{ stroke: "var(--ctl)" }}
            ticks={chart.ticks}
            type="number"
          />
          <YAxis
            axisLine={false}
            domain={[0, chart.valueTop]}
            stroke="var(--ctl)"
            tick={AXIS}
            tickFormatter={(value: number) => formatNumber(value)}
            tickLine={false}
            width={52}
          />
          <Tooltip
            content={({ active, payload }) =>
              active && payload?.[0] ? <DayCard day={payload[0].payload as ChartDay} /> : null
            }
            cursor={{ stroke: "var(--ctl)" }}
            isAnimationActive={false}
          />
          {originAt !== null && (
            <ReferenceLine
              label={mark("back-test", "insideTopRight")}
              stroke="var(--ctl)"
              strokeDasharray="4 3"
              x={originAt}
            />
          )}
          {futureAt !== null && futureAt - (originAt ?? 0) > DAY_MS && (
            <ReferenceLine
              label={mark("forecast", "insideTopLeft")}
              stroke="var(--ctl)"
              strokeDasharray="4 3"
              x={futureAt}
            />
          )}
          <Area {...BAND} dataKey="backtestBand" />
          <Area {...BAND} dataKey="forecastBand" />
          <Line {...LINE} dataKey="actual" stroke="var(--ink)" strokeWidth={1.25} />
          <Line {...LINE} dataKey="backtest" stroke="var(--c1)" strokeWidth={1.75} />
          <Line {...LINE} dataKey="forecast" stroke="var(--c1)" strokeWidth={2} />
          {ends.map((end) => (
            <ReferenceDot
              ifOverflow="visible"
              key={end.text}
              label={{
                value: end.text,
                position: end.isLast ? "right" : "top",
                fill: end.fill,
                fontSize: 11,
              }}
              r={0}
              x={end.at}
              y={end.value}
            />
          ))}
          <Scatter
            dataKey="outside"
            fill="var(--panel)"
            isAnimationActive={false}
            shape="diamond"
            stroke="var(--err)"
            strokeWidth={1.5}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

const LINE = {
  type: "linear",
  dot: false,
  activeDot: false,
  isAnimationActive: false,
  connectNulls: false,
} as const;
const BAND = {
  type: "linear",
  fill: "var(--c1)",
  fillOpacity: 0.22,
  stroke: "none",
  activeDot: false,
  isAnimationActive: false,
  connectNulls: false,
} as const;

const mark = (text: string, position: "insideTopLeft" | "insideTopRight") => ({
  value: text,
  position,
  fill: "var(--ink-2)",
  fontSize: 11,
});

/** The forecast's last point, where its name stands. */
function lineEnds(days: ChartDay[]) {
  const last = days.findLast((day) => day.forecast !== null);
  if (last === undefined) return [];
  return [
    {
      text: "forecast",
      fill: "var(--c1)",
      at: last.at,
      value: last.forecast ?? 0,
      isLast: last === days.at(-1),
    },
  ];
}

function DayCard({ day }: { day: ChartDay }) {
  const band = day.backtestBand ?? day.forecastBand;
  return (
    <div className="rounded-3 border border-line-2 bg-raised px-2 py-1 text-12 text-ink shadow-float">
      <p className="font-semibold">{day.date}</p>
      {day.actual !== null && <p>actual {formatNumber(day.actual)}</p>}
      {day.backtest !== null && <p>back-test {formatNumber(day.backtest)}</p>}
      {day.forecast !== null && <p>forecast {formatNumber(day.forecast)}</p>}
      {band && (
        <p className="text-ink-2">
          interval {formatNumber(band[0])} to {formatNumber(band[1])}
        </p>
      )}
      {day.isOutside && <p className="text-err">outside the interval</p>}
    </div>
  );
}
