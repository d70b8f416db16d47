import { csvText } from "@/components/grid/csv-text";
import type { CategoryRow } from "./prepare-category-rows";

const COLUMNS: [string, (row: CategoryRow) => string | number | null][] = [
  ["category", (row) => row.category],
  ["status", (row) => row.status],
  ["model", (row) => row.model],
  ["wape_backtest", (row) => row.wape],
  ["wape_seasonal_naive", (row) => row.baselineWape.seasonal_naive],
  ["wape_mean_4_weekdays", (row) => row.baselineWape.mean_4_weekdays],
  ["mape_backtest", (row) => row.mape],
  ["mape_days", (row) => row.mapeDays],
  ["rmse_backtest_units", (row) => row.rmse],
  ["bias_backtest", (row) => row.bias],
  ["wape_holdout", (row) => row.holdoutWape],
  ["days_backtest", (row) => row.days],
  ["registered_model", (row) => row.registeredModel],
];

/** The table as CSV: errors as fractions, unrounded; an empty field where there is no value. */
export function categoryCsv(rows: readonly CategoryRow[]): string {
  return csvText(
    COLUMNS.map(([name]) => name),
    rows.map((row) => COLUMNS.map(([, read]) => read(row))),
  );
}
