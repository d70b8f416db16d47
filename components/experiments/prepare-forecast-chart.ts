import type { ForecastSeries } from "./forecast-series";

/** How many days of history stand before the forecast. */
export const HISTORY_DAYS = 120;
const DAY_MS = 86_400_000;

/** One day of the chart; null where a line has no value there. Bands are [lower, upper]. */
export type ChartDay = {
  /** Milliseconds of midnight UTC: the axis is one of time, so that a gap is as wide as it lasted. */
  at: number;
  date: string;
  actual: number | null;
  backtest: number | null;
  backtestBand: [number, number] | null;
  forecast: number | null;
  forecastBand: [number, number] | null;
  /** The actual lies outside the back-test's interval. */
  isOutside: boolean;
};

export type ForecastChart = {
  days: ChartDay[];
  ticks: number[];
  /** [first, last] in milliseconds. */
  domain: [number, number];
  /** Top of the value axis: bands included, 0 at least. */
  valueTop: number;
  /** The origin whose back-test is drawn; null where there is none. */
  origin: string | null;
  origins: string[];
  /** First day of the forecast proper. */
  forecastStart: string | null;
  outside: { days: number; of: number };
  /** Days without an actual between the first and the last day of history. */
  gaps: number;
};

const msOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

const band = (lower: number | null, upper: number | null): [number, number] | null =>
  lower === null || upper === null ? null : [lower, upper];

/**
 * The last 120 days of actuals, the back-test from one origin and the forecast. Without `origin`, or with one that is
 * not there, the last origin is drawn. Null where there is nothing at all.
 */
export function prepareForecastChart(series: ForecastSeries, origin: string | null): ForecastChart | null {
  const origins = [...new Set(series.backtest.map((point) => point.origin))].sort();
  const shownOrigin = origin !== null && origins.includes(origin) ? origin : (origins.at(-1) ?? null);
  const backtest = series.backtest.filter((point) => point.origin === shownOrigin);
  const lastActual = series.history.at(-1)?.date ?? backtest.at(-1)?.date ?? null;
  const first = firstDay(lastActual, shownOrigin, series);
  if (first === null) return null;

  const byDate = new Map<string, ChartDay>();
  const dayAt = (date: string): ChartDay => {
    const held = byDate.get(date) ?? emptyDay(date);
    byDate.set(date, held);
    return held;
  };
  for (const point of series.history) if (msOf(point.date) >= first) dayAt(point.date).actual = point.actual;
  for (const point of backtest) {
    const day = dayAt(point.date);
    day.actual = point.actual;
    day.backtest = point.predicted;
    day.backtestBand = band(point.lower, point.upper);
    day.isOutside =
      day.backtestBand !== null && (point.actual < day.backtestBand[0] || point.actual > day.backtestBand[1]);
  }
  for (const point of series.forecast) {
    const day = dayAt(point.date);
    day.forecast = point.predicted;
    day.forecastBand = band(point.lower, point.upper);
  }

  const last = Math.max(...[...byDate.values()].map((day) => day.at));
  const gaps = fillGaps(byDate, first, last);
  const days = [...byDate.values()].sort((a, b) => a.at - b.at);
  return {
    days,
    ticks: ticksOf(first, last),
    domain: [first, last],
    valueTop: topOf(days),
    origin: shownOrigin,
    origins,
    forecastStart: series.forecast[0]?.date ?? null,
    outside: {
      days: days.filter((day) => day.isOutside).length,
      of: days.filter((day) => day.backtestBand !== null).length,
    },
    gaps,
  };
}

function firstDay(lastActual: string | null, origin: string | null, series: ForecastSeries): number | null {
  if (lastActual === null) {
    const [future] = series.forecast;
    return future ? msOf(future.date) : null;
  }
  const before = msOf(lastActual) - (HISTORY_DAYS - 1) * DAY_MS;
  const oldest = series.history[0] ? msOf(series.history[0].date) : before;
  // Two weeks of actuals stand before an early origin, so that its back-test has something to start from.
  const beforeOrigin = origin === null ? before : msOf(origin) - 14 * DAY_MS;
  return Math.max(oldest, Math.min(before, beforeOrigin));
}

const emptyDay = (date: string): ChartDay => ({
  at: msOf(date),
  date,
  actual: null,
  backtest: null,
  backtestBand: null,
  forecast: null,
  forecastBand: null,
  isOutside: false,
});

/** Puts an empty day where one is missing, so that a line breaks there; counts those before the last actual. */
function fillGaps(byDate: Map<string, ChartDay>, first: number, last: number): number {
  const actuals = [...byDate.values()].filter((day) => day.actual !== null).map((day) => day.at);
  const lastActual = actuals.length > 0 ? Math.max(...actuals) : first;
  let gaps = 0;
  for (let at = first; at <= last; at += DAY_MS) {
    const date = isoOf(at);
    const day = byDate.get(date);
    if (day === undefined) byDate.set(date, emptyDay(date));
    if (at <= lastActual && (day === undefined || day.actual === null)) gaps += 1;
  }
  return gaps;
}

/** Mondays; every second or fourth of them where there are many. */
function ticksOf(first: number, last: number): number[] {
  const toMonday = (8 - new Date(first).getUTCDay()) % 7;
  const mondays: number[] = [];
  for (let at = first + toMonday * DAY_MS; at <= last; at += 7 * DAY_MS) mondays.push(at);
  const every = mondays.length > 16 ? 4 : mondays.length > 8 ? 2 : 1;
  return mondays.filter((_, index) => index % every === 0);
}

function topOf(days: ChartDay[]): number {
  const values = days.flatMap((day) => [
    day.actual ?? 0,
    day.backtest ?? 0,
    day.forecast ?? 0,
    day.backtestBand?.[1] ?? 0,
    day.forecastBand?.[1] ?? 0,
  ]);
  const top = Math.max(1, ...values);
  const step = 10 ** Math.floor(Math.log10(top)) / 2;
  return Math.ceil(top / step) * step;
}
