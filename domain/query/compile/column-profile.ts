import type { ColumnKind } from "./column-kind";

/** Numbers of the share of values that lie below, in the order of `quantiles`. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Values of `[from, to)`, the last bar with `to`. In the units of the column; times in microseconds since 1970 in UTC. */
export type HistogramBar = { from: number; to: number; rows: number };

/** `text` may be cut; `length` is the number of characters of the whole value. */
export type TopValue = { text: string; length: number; rows: number };

/** What is known of one column of a result, or of a view of it. */
export type ColumnProfile = {
  column: number;
  kind: ColumnKind;
  rows: number;
  nulls: number;
  /** Different values without NULL; null where values are not told apart. */
  distinct: { count: number; isExact: boolean } | null;
  /** Finite values alone, as text with every digit; null where there is none. */
  smallest: string | null;
  largest: string | null;
  /** Numbers: the mean of the finite values. */
  mean: number | null;
  /** As the histogram counts; null where there is no finite value, and where only an overview was asked for. */
  quantiles: { values: number[]; isExact: boolean } | null;
  notANumber: number;
  infinite: number;
  /** Empty texts, which are not NULL. */
  empty: number;
  histogram: HistogramBar[];
  /** Most frequent first; of large results the list may lack one that is nearly as frequent. */
  top: { values: TopValue[]; isExact: boolean } | null;
};
