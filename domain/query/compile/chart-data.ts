/** `x` is a number, milliseconds since 1970, or the place of a category. */
export type ChartPoint = { x: number; y: number };

export type ChartSeries = {
  /** The value of the series column or the name of the measure; null is NULL. */
  name: string | null;
  /** All the values past the first few. */
  isOther: boolean;
  /** Before it was down-sampled. */
  totalPoints: number;
  points: ChartPoint[];
};

export type ChartData = {
  axis: "number" | "time" | "category";
  /** Names in the order of their places; null is NULL. Empty unless the axis has categories. */
  categories: (string | null)[];
  series: ChartSeries[];
  /** Rows that were looked at, and those of them that cannot be drawn: `x` or `y` is NULL or not finite. */
  rows: number;
  rowsLeftOut: number;
  totalCategories: number;
  /** Values of the series column, NULL among them. */
  totalSeries: number;
  /** True where not every point is there: of each stretch of the axis the least and the greatest one are. */
  isSampled: boolean;
};
