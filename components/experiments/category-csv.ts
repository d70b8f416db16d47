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

const UNSAFE = /^[=+\-@\t\r]/;

/** Quoted where needed; a text that a spreadsheet would read as a formula gets an apostrophe before it. */
function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = UNSAFE.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as CSV (RFC 4180): errors as fractions, unrounded; an empty field where there is no value. */
export function categoryCsv(rows: readonly CategoryRow[]): string {
  const lines = [
    COLUMNS.map(([name]) => name).join(","),
    ...rows.map((row) => COLUMNS.map(([, read]) => field(read(row))).join(",")),
  ];
  return `${lines.join("\r\n")}\r\n`;
}
