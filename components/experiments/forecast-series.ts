/** What `experiments.forecast` gives for one category. Dates are ISO days of the business calendar, oldest first. */
export type ForecastSeries = {
  category: string;
  history: { date: string; actual: number }[];
  backtest: {
    origin: string;
    date: string;
    actual: number;
    predicted: number;
    lower: number | null;
    upper: number | null;
  }[];
  forecast: { date: string; predicted: number; lower: number | null; upper: number | null }[];
};
