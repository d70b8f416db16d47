import { formatCount, formatDay, formatInstant, formatNumber } from "@/components/ui/format";
import type { ChartData, ChartSeries } from "@/domain/query/compile/chart-data";
import type { ChartSpec } from "@/domain/query/compile/chart-spec";
import { measureName } from "@/domain/query/compile/compile-chart";
import type { ResultColumn } from "@/domain/query/result-column";

/** One place of the axis: `x`, its words, and `s0`, `s1`, … of the series that have a point there. */
export type PlotRow = { x: number; label: string } & { [series: `s${number}`]: number };

export type PlotSeries = { key: `s${number}`; name: string; color: string };

export type Plot = {
  rows: PlotRow[];
  series: PlotSeries[];
  /** The axis is drawn to scale; else every place is as wide as the others. */
  isScaled: boolean;
  domain: [number, number];
  /** Bars and areas begin at 0; lines need not, and say so by their ticks. */
  valueDomain: [number, number];
  valueTicks: number[];
};

const COLORS = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"];
const DAY_MS = 86_400_000;

export const seriesName = ({ name, isOther }: ChartSeries): string => (isOther ? "other" : (name ?? "null"));

/** A text that is long is cut on the axis; the table has it whole. */
const LONGEST_LABEL = 24;

export function preparePlot(data: ChartData, kind: ChartSpec["kind"]): Plot {
  const places = new Map<number, PlotRow>();
  const xs = data.series.flatMap(({ points }) => points.map(({ x }) => x));
  const domain: [number, number] = xs.length === 0 ? [0, 1] : [leastOf(xs), greatestOf(xs)];
  for (const [index, { points }] of data.series.entries()) {
    for (const { x, y } of points) {
      const row = places.get(x) ?? { x, label: placeWords(x, data, domain[1] - domain[0]) };
      row[`s${index}`] = y;
      places.set(x, row);
    }
  }
  const ys = data.series.flatMap(({ points }) => points.map(({ y }) => y));
  return {
    rows: [...places.values()].sort((one, other) => one.x - other.x),
    series: data.series.map((series, index) => ({
      key: `s${index}`,
      name: seriesName(series),
      color: series.isOther ? "var(--ink-3)" : `var(${COLORS[index % COLORS.length]})`,
    })),
    isScaled: data.axis !== "category" && kind !== "bar",
    domain: domain[0] === domain[1] ? [domain[0] - 1, domain[1] + 1] : domain,
    ...valueScale(ys, kind === "bar" || kind === "area"),
  };
}

/** Round values around all the others, with their steps between. */
function valueScale(values: number[], fromZero: boolean): Pick<Plot, "valueDomain" | "valueTicks"> {
  const least = values.length === 0 ? 0 : leastOf(values);
  const greatest = values.length === 0 ? 1 : greatestOf(values);
  const isFlat = least === greatest;
  const low = fromZero || isFlat ? Math.min(0, least) : least;
  const high = fromZero || isFlat ? Math.max(0, greatest) : greatest;
  const span = high === low ? 1 : high - low;
  const power = 10 ** Math.floor(Math.log10(span / VALUE_STEPS));
  const step = ([1, 2, 5].find((factor) => factor * power * VALUE_STEPS >= span) ?? 10) * power;
  if (!(step > 0) || !Number.isFinite(step)) return { valueDomain: [low, high], valueTicks: [low, high] };
  const first = Math.floor(low / step);
  const count = Math.min(VALUE_STEPS * 4, Math.ceil((low + span) / step) - first);
  const valueTicks = Array.from({ length: count + 1 }, (_, place) => roundOff((first + place) * step, step));
  return { valueDomain: [valueTicks[0] ?? low, valueTicks.at(-1) ?? high], valueTicks };
}

const VALUE_STEPS = 5;

/** 3 × 0.1 is to be 0.3. */
const roundOff = (value: number, step: number): number => {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return digits > 100 ? value : Number(value.toFixed(digits));
};

/** Twelve thousand arguments are too many for Math.min on some engines. */
const leastOf = (values: number[]): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
const greatestOf = (values: number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);

/** The words of a place on the axis, as exact as the span of milliseconds asks for. */
export function placeWords(
  x: number,
  { axis, categories }: Pick<ChartData, "axis" | "categories">,
  span: number,
): string {
  if (axis === "category") {
    const name = categories[x];
    return name === null || name === undefined ? "null" : name === "" ? "empty text" : name;
  }
  if (axis === "number") return numberWords(x);
  const at = new Date(x);
  if (Number.isNaN(at.getTime())) return "";
  if (x % DAY_MS === 0 || span > 60 * DAY_MS) return formatDay(at);
  return formatInstant(at).slice(0, span < DAY_MS / 24 ? undefined : -3);
}

export const shortLabel = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;

/** As many decimals as the size asks for. */
export function numberWords(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) return value.toExponential(2).replaceAll("-", "−");
  return formatNumber(value, Number.isInteger(value) ? 0 : size < 1 ? 4 : size < 1000 ? 2 : 0);
}

/** `sum of revenue by day`, for the title and for screen readers. */
export function chartTitle(spec: ChartSpec, columns: readonly ResultColumn[]): string {
  const measures = spec.y.map((_, index) => measureName(spec, index, columns)).join(", ");
  const by = columns[spec.x]?.name ?? "";
  const bucket = spec.bucket === "none" ? "" : ` per ${spec.bucket}`;
  const series = spec.series === null ? "" : `, a series for each ${columns[spec.series]?.name ?? ""}`;
  return `${measures} by ${by}${bucket}${series}`;
}

/** What is not in the picture, each in one sentence. */
export function chartNotes(data: ChartData): string[] {
  const drawn = data.series.reduce((sum, { points }) => sum + points.length, 0);
  const total = data.series.reduce((sum, { totalPoints }) => sum + totalPoints, 0);
  const other = data.totalSeries - data.series.filter(({ isOther }) => !isOther).length;
  return [
    ...(data.isSampled
      ? [
          `Sampled: ${formatNumber(drawn)} of ${formatCount(total, "point")} are drawn, the least and greatest of each stretch among them.`,
        ]
      : []),
    ...(data.totalCategories > data.categories.length && data.categories.length > 0
      ? [
          `The first ${formatNumber(data.categories.length)} of ${formatNumber(data.totalCategories)} categories are drawn.`,
        ]
      : []),
    ...(data.series.some(({ isOther }) => isOther)
      ? [`${formatCount(other, "further series is", "further series are")} drawn as "other".`]
      : []),
    ...(data.rowsLeftOut > 0
      ? [
          `${formatCount(data.rowsLeftOut, "row")} of ${formatNumber(data.rows)} left out: null or not finite.`,
        ]
      : []),
  ];
}
