import { z } from "zod";

/** Lines, areas and points of one chart at most; values of a series past it are drawn together as "other". */
export const CHART_SERIES = 6;
/** Points of a series, and categories of an axis, at most. */
export const CHART_POINTS = 2_000;

export const ChartKind = z.enum(["line", "bar", "area", "scatter"]);
export type ChartKind = z.infer<typeof ChartKind>;

export const ChartAggregate = z.enum(["none", "sum", "avg", "min", "max", "count"]);
export type ChartAggregate = z.infer<typeof ChartAggregate>;

export const TimeBucket = z.enum(["none", "minute", "hour", "day", "week", "month", "quarter", "year"]);
export type TimeBucket = z.infer<typeof TimeBucket>;

const Column = z.int().min(0);

/** A chart of a result, kept with the query. Columns are told by their place in the result. */
export const ChartSpec = z.object({
  kind: ChartKind,
  x: Column,
  /** Times of `x` are drawn at the start of their minute, hour, day, … in UTC. */
  bucket: TimeBucket.default("none"),
  /** Several measures are a series each. Only `count` needs no column. */
  y: z
    .array(z.object({ column: Column.nullable(), aggregate: ChartAggregate }))
    .min(1)
    .max(CHART_SERIES),
  /** A series for each value of this column; with one measure only. */
  series: Column.nullable().default(null),
  /** Of categories: as they come, by name, or by what is measured. Numbers and times always ascend. */
  sort: z.enum(["none", "x", "y_ascending", "y_descending"]).default("none"),
});
export type ChartSpec = z.infer<typeof ChartSpec>;
