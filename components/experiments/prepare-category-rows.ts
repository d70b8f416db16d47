import type {
  CategoryVerdict,
  EvaluationReport,
  ForecastErrors,
} from "@/domain/experiments/evaluation-report";

export const BASELINES = ["seasonal_naive", "mean_4_weekdays"] as const;
export type Baseline = (typeof BASELINES)[number];

export const FORECASTER_NAMES: Record<string, string> = {
  lightgbm: "LightGBM",
  lightgbm_global: "LightGBM, global",
  seasonal_naive: "Seasonal naive",
  mean_4_weekdays: "Mean of 4 weekdays",
};
export const forecasterName = (key: string): string => FORECASTER_NAMES[key] ?? key;

/** Errors are shares (0–1); differences are model minus baseline, so that below zero the model is better. */
export type CategoryRow = {
  category: string;
  model: string;
  status: "PASS" | "FAIL";
  /** Why it fails, in sentences; empty where it passes. */
  why: string[];
  wape: number | null;
  baselineWape: Record<Baseline, number | null>;
  difference: Record<Baseline, number | null>;
  mape: number | null;
  mapeDays: number;
  rmse: number | null;
  bias: number | null;
  holdoutWape: number | null;
  days: number;
  registeredModel: string | null;
  /** The lowest WAPE of the three. */
  best: "model" | Baseline | null;
};

export type SortKey =
  | "category"
  | "status"
  | "model"
  | "wape"
  | "seasonal_naive"
  | "mean_4_weekdays"
  | "mape"
  | "rmse"
  | "bias"
  | "holdoutWape"
  | "days"
  | "registeredModel";
export type Sort = { key: SortKey; descending: boolean };
export const WEAKEST_FIRST: Sort = { key: "wape", descending: true };

export function prepareCategoryRows(report: EvaluationReport, sort: Sort): CategoryRow[] {
  const rows = report.categories.map(toRow);
  const sign = sort.descending ? -1 : 1;
  return rows.sort(
    (a, b) =>
      sign * compare(sortValue(a, sort.key), sortValue(b, sort.key)) || a.category.localeCompare(b.category),
  );
}

function toRow(verdict: CategoryVerdict): CategoryRow {
  const wapeOf = (name: Baseline) => verdict.baselines[name]?.backtest.wape ?? null;
  const baselineWape = {
    seasonal_naive: wapeOf("seasonal_naive"),
    mean_4_weekdays: wapeOf("mean_4_weekdays"),
  };
  const { wape, mape, mapeDays, rmse, bias, days }: ForecastErrors = verdict.backtest;
  const minus = (other: number | null) => (wape === null || other === null ? null : wape - other);
  return {
    category: verdict.category,
    model: forecasterName(verdict.model),
    status: verdict.status,
    why: verdict.breaches.map((breach) => breach.sentence),
    wape,
    baselineWape,
    difference: {
      seasonal_naive: minus(baselineWape.seasonal_naive),
      mean_4_weekdays: minus(baselineWape.mean_4_weekdays),
    },
    mape,
    mapeDays,
    rmse,
    bias,
    holdoutWape: verdict.holdout.wape,
    days,
    registeredModel: verdict.registeredModel,
    best: bestOf(wape, baselineWape),
  };
}

function bestOf(wape: number | null, baselines: Record<Baseline, number | null>): CategoryRow["best"] {
  const all = [
    { name: "model" as const, value: wape },
    ...BASELINES.map((name) => ({ name, value: baselines[name] })),
  ].filter((one) => one.value !== null);
  return all.sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0]?.name ?? null;
}

function sortValue(row: CategoryRow, key: SortKey): string | number | null {
  if (key === "seasonal_naive" || key === "mean_4_weekdays") return row.difference[key];
  return key === "bias" ? (row.bias === null ? null : Math.abs(row.bias)) : row[key];
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b)) : a - b;
}
