"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ChartPoint } from "./prepare-chart";

const AXIS = { fill: "var(--ink-2)", fontSize: 11 };
const STILL = { isAnimationActive: false } as const;
const HEIGHT_PX = 260;

export type BlockChartProps = {
  label: string;
  kind: "line" | "bar";
  series: string[];
  points: ChartPoint[];
};

const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const colourOf = (index: number): string => `var(--c${(index % 6) + 1})`;

/** Lines or bars over the values of a column; bars begin at 0. The legend names the series in their colours. */
export function BlockChart({ label, kind, series, points }: BlockChartProps) {
  const Chart = kind === "line" ? LineChart : BarChart;
  return (
    <figure>
      <ul className="flex flex-wrap gap-x-4 px-3 pt-2 text-12">
        {series.map((name, index) => (
          <li className="flex items-center gap-1.5" key={name}>
            <span aria-hidden="true" className="h-[3px] w-4" style={{ background: colourOf(index) }} />
            {name}
          </li>
        ))}
      </ul>
      <div aria-label={label} className="w-full" role="img" style={{ height: HEIGHT_PX }}>
        <ResponsiveContainer height="100%" width="100%">
          <Chart accessibilityLayer={false} data={points} margin={{ top: 10, right: 16, bottom: 4, left: 0 }}>
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="x"
              interval="preserveStartEnd"
              minTickGap={24}
              stroke="var(--ctl)"
              tick={AXIS}
              tickLine={{ stroke: "var(--ctl)" }}
            />
            <YAxis
              axisLine={false}
              domain={kind === "bar" ? [(low: number) => Math.min(0, low), "auto"] : ["auto", "auto"]}
              stroke="var(--ctl)"
              tick={AXIS}
              tickFormatter={(value: number) => short.format(value)}
              tickLine={false}
              width={60}
            />
            <Tooltip
              content={({ active, payload }) =>
                active && payload?.[0] ? (
                  <PointCard point={payload[0].payload as ChartPoint} series={series} />
                ) : null
              }
              cursor={kind === "bar" ? { fill: "var(--hover)" } : { stroke: "var(--ctl)" }}
              {...STILL}
            />
            {series.map((name, index) =>
              kind === "line" ? (
                <Line
                  {...STILL}
                  activeDot={false}
                  connectNulls={false}
                  dataKey={(point: ChartPoint) => point.values[index]}
                  dot={points.length < 3}
                  key={name}
                  name={name}
                  stroke={colourOf(index)}
                  strokeWidth={1.75}
                  type="linear"
                />
              ) : (
                <Bar
                  {...STILL}
                  dataKey={(point: ChartPoint) => point.values[index]}
                  fill={colourOf(index)}
                  key={name}
                  name={name}
                />
              ),
            )}
          </Chart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function PointCard({ point, series }: { point: ChartPoint; series: string[] }) {
  return (
    <div className="rounded-3 border border-line-2 bg-raised px-2 py-1 text-12 text-ink shadow-float">
      <p className="font-semibold">{point.x}</p>
      {series.map((name, index) => {
        const value = point.values[index];
        return (
          <p key={name}>
            {name} {value === null || value === undefined ? "null" : number.format(value)}
          </p>
        );
      })}
    </div>
  );
}
