import type { ForecastSeries } from "./forecast-series";

/** Errors of one category from one origin. Shares are 0–1; null where the actuals sum to 0. */
export type OriginErrors = {
  origin: string;
  wape: number | null;
  bias: number | null;
  /** Days whose actual lies in the interval, of those that have one. */
  inside: number;
  of: number;
};

/** The back-test of a category, origin by origin, newest first. */
export function prepareOrigins(backtest: ForecastSeries["backtest"]): OriginErrors[] {
  const byOrigin = new Map<string, ForecastSeries["backtest"]>();
  for (const point of backtest) byOrigin.set(point.origin, [...(byOrigin.get(point.origin) ?? []), point]);
  return [...byOrigin.entries()]
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([origin, points]) => {
      const actual = points.reduce((sum, point) => sum + point.actual, 0);
      const absolute = points.reduce((sum, point) => sum + Math.abs(point.predicted - point.actual), 0);
      const signed = points.reduce((sum, point) => sum + point.predicted - point.actual, 0);
      const banded = points.filter((point) => point.lower !== null && point.upper !== null);
      return {
        origin,
        wape: actual > 0 ? absolute / actual : null,
        bias: actual > 0 ? signed / actual : null,
        inside: banded.filter(
          (point) => point.actual >= (point.lower ?? 0) && point.actual <= (point.upper ?? 0),
        ).length,
        of: banded.length,
      };
    });
}

/** The days that every origin's back-test has; null where there is none or they differ. */
export function daysAhead(backtest: ForecastSeries["backtest"]): number | null {
  const counts = new Map<string, number>();
  for (const { origin } of backtest) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  const [first, ...others] = new Set(counts.values());
  return first === undefined || others.length > 0 ? null : first;
}
