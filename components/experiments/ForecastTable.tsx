import { formatNumber } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import type { ForecastChart } from "./prepare-forecast-chart";

const HEADS: Head[] = [
  "Day",
  { number: "Actual" },
  { number: "Back-test" },
  { number: "Forecast" },
  { number: "Lower" },
  { number: "Upper" },
];

/** The chart's numbers as a table, newest day first. */
export function ForecastTable({ chart, label }: { chart: ForecastChart; label: string }) {
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? "" : formatNumber(value);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} className="max-h-[280px] overflow-auto" tabIndex={0}>
      <table className="w-full text-right text-12">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-panel text-ink-2">
          <HeaderRow heads={HEADS} isDense />
        </thead>
        <tbody>
          {[...chart.days].reverse().map((day) => {
            const band = day.forecastBand ?? day.backtestBand;
            return (
              <tr className="h-6 [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={day.date}>
                <th className="text-left font-normal" scope="row">
                  {day.date}
                </th>
                <td className={day.isOutside ? "text-err" : ""}>
                  {cell(day.actual)}
                  {day.isOutside && <span className="sr-only"> outside the interval</span>}
                </td>
                <td>{cell(day.backtest)}</td>
                <td>{cell(day.forecast)}</td>
                <td>{cell(band?.[0])}</td>
                <td>{cell(band?.[1])}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
