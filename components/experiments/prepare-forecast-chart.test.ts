import { describe, expect, it } from "vitest";
import type { ForecastSeries } from "./forecast-series";
import { HISTORY_DAYS, prepareForecastChart } from "./prepare-forecast-chart";

const DAY_MS = 86_400_000;
const isoDay = (index: number) => new Date(Date.UTC(2017, 0, 1) + index * DAY_MS).toISOString().slice(0, 10);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

const series: ForecastSeries = {
  category: "BEEF",
  history: range(0, 365).map((index) => ({ date: isoDay(index), actual: 100 })),
  backtest: [290, 351].flatMap((origin) =>
    range(origin, origin + 14).map((index) => ({
      origin: isoDay(origin),
      date: isoDay(index),
      actual: 100,
      predicted: 110,
      lower: index === origin ? 105 : 90,
      upper: 130,
    })),
  ),
  forecast: range(365, 379).map((index) => ({ date: isoDay(index), predicted: 120, lower: 80, upper: 160 })),
};

describe("prepareForecastChart", () => {
  it("draws 120 days of history, the last origin's back-test and the forecast", () => {
    const chart = prepareForecastChart(series, null);
    expect(chart?.days).toHaveLength(HISTORY_DAYS + 14);
    expect(chart?.origin).toBe(isoDay(351));
    expect(chart?.days.filter((day) => day.backtest !== null)).toHaveLength(14);
    expect(chart?.days.filter((day) => day.forecast !== null)).toHaveLength(14);
    expect(chart?.forecastStart).toBe(isoDay(365));
  });

  it("never draws an actual in the future", () => {
    const future = prepareForecastChart(series, null)?.days.filter((day) => day.date >= isoDay(365)) ?? [];
    expect(future.every((day) => day.actual === null)).toBe(true);
  });

  it("draws one chosen origin only", () => {
    const chart = prepareForecastChart(series, isoDay(290));
    const drawn = chart?.days.filter((day) => day.backtest !== null).map((day) => day.date);
    expect(drawn).toEqual(range(290, 304).map(isoDay));
  });

  it("starts earlier for an origin before the 120 days", () => {
    const early: ForecastSeries = {
      ...series,
      backtest: series.backtest.map((point) => ({ ...point, origin: isoDay(200) })),
    };
    expect(prepareForecastChart(early, isoDay(200))?.days[0]?.date).toBe(isoDay(186));
  });

  it("counts the days outside the interval", () => {
    expect(prepareForecastChart(series, null)?.outside).toEqual({ days: 1, of: 14 });
  });

  it("leaves a hole where a day is missing, and counts it", () => {
    const holed = { ...series, history: series.history.filter((point) => point.date !== isoDay(300)) };
    const chart = prepareForecastChart(holed, null);
    expect(chart?.days.find((day) => day.date === isoDay(300))?.actual).toBeNull();
    expect(chart?.gaps).toBe(1);
  });

  it("has room for the widest band and starts at zero", () => {
    expect(prepareForecastChart(series, null)?.valueTop).toBeGreaterThanOrEqual(160);
  });

  it("marks Mondays", () => {
    const ticks = prepareForecastChart(series, null)?.ticks ?? [];
    expect(ticks.length).toBeGreaterThan(3);
    expect(ticks.every((at) => new Date(at).getUTCDay() === 1)).toBe(true);
  });

  it("is nothing without any day", () => {
    expect(prepareForecastChart({ category: "X", history: [], backtest: [], forecast: [] }, null)).toBeNull();
  });
});
