import type { CategoryVerdict, EvaluationReport, ForecastErrors } from "./evaluation-report";
import { findBreaches, type Thresholds } from "./find-breaches";
import { forecastErrors } from "./forecast-errors";

/** One prediction of the back-test: one category, one origin, one day, one forecaster. */
export type BacktestRow = {
  /** First day of the 14 that were forecast, ISO date. */
  origin: string;
  date: string;
  category: string;
  /** The forecaster's name; baselines are `seasonal_naive` and `mean_4_weekdays`. */
  model: string;
  predicted: number;
  actual: number;
  /** True for the one forecaster chosen for this category on days before the origin. */
  chosen: boolean;
  registeredModel: string | null;
  isHoldout: boolean;
  isRolling: boolean;
};

const BASELINES = ["seasonal_naive", "mean_4_weekdays"] as const;

export type EvaluationContext = {
  thresholds: Thresholds;
  holdoutLabel: string | null;
  backtestTable: { name: string; version: string } | null;
  mlflowRunId: string | null;
  mlflowUrl: string | null;
};

/**
 * The verdict over a back-test: the chosen forecasters beside the baselines, on the holdout and pooled over the rolling
 * origins. The rolling origins are judged; where there are none, the holdout is. Throws RangeError without chosen rows.
 */
export function evaluateForecasts(
  rows: readonly BacktestRow[],
  context: EvaluationContext,
): EvaluationReport {
  const chosen = rows.filter((row) => row.chosen);
  if (chosen.length === 0) throw new RangeError("the back-test names no chosen forecaster");
  const judgedOn = chosen.some((row) => row.isRolling) ? "backtest" : "holdout";
  const categories = [...byCategory(rows)]
    .filter(([, own]) => own.some((row) => row.chosen))
    .map(([category, own]) => judgeCategory(category, own, judgedOn, context.thresholds))
    .sort(byWeakness(judgedOn));
  const mapeWeighted = {
    holdout: weightedMape(categories, "holdout"),
    backtest: weightedMape(categories, "backtest"),
  };
  const errors = bothWindows(chosen);
  const breaches = findBreaches(
    { ...errors[judgedOn], mape: mapeWeighted[judgedOn] },
    context.thresholds,
    `of all categories ${WINDOW_WORDS[judgedOn]}`,
  );
  const holdoutDays = chosen
    .filter((row) => row.isHoldout)
    .map((row) => row.date)
    .sort();
  return {
    status: breaches.length === 0 ? "PASS" : "FAIL",
    holdoutStart: holdoutDays[0] ?? "",
    holdoutEnd: holdoutDays.at(-1) ?? "",
    holdoutLabel: context.holdoutLabel,
    backtestTable: context.backtestTable,
    origins: [...new Set(chosen.filter((row) => row.isRolling).map((row) => row.origin))].sort(),
    overall: { ...errors, mapeWeighted, baselines: baselineErrors(rows), breaches },
    wins: Object.fromEntries(
      BASELINES.map((baseline) => [baseline, countWins(categories, baseline, judgedOn)]),
    ),
    categories,
    thresholds: context.thresholds,
    mlflowRunId: context.mlflowRunId,
    mlflowUrl: context.mlflowUrl,
  };
}

function byCategory(rows: readonly BacktestRow[]): Map<string, BacktestRow[]> {
  const groups = new Map<string, BacktestRow[]>();
  for (const row of rows) {
    const group = groups.get(row.category);
    if (group === undefined) groups.set(row.category, [row]);
    else group.push(row);
  }
  return groups;
}

type Window = "holdout" | "backtest";

const WINDOW_WORDS: Record<Window, string> = {
  holdout: "over the holdout",
  backtest: "over the rolling origins",
};

function judgeCategory(
  category: string,
  rows: BacktestRow[],
  judgedOn: Window,
  thresholds: Thresholds,
): CategoryVerdict {
  const chosen = rows.filter((row) => row.chosen);
  const newest = chosen.reduce((best, row) => (row.origin >= best.origin ? row : best));
  const errors = bothWindows(chosen);
  const breaches = findBreaches(errors[judgedOn], thresholds, `of ${category} ${WINDOW_WORDS[judgedOn]}`);
  return {
    category,
    model: newest.model,
    status: breaches.length === 0 ? "PASS" : "FAIL",
    breaches,
    ...errors,
    baselines: baselineErrors(rows),
    registeredModel: newest.registeredModel,
  };
}

function bothWindows(rows: readonly BacktestRow[]): { holdout: ForecastErrors; backtest: ForecastErrors } {
  return {
    holdout: errorsOf(rows.filter((row) => row.isHoldout)),
    backtest: errorsOf(rows.filter((row) => row.isRolling)),
  };
}

const errorsOf = (rows: readonly BacktestRow[]): ForecastErrors =>
  forecastErrors(
    rows.map((row) => row.actual),
    rows.map((row) => row.predicted),
  );

const baselineErrors = (rows: readonly BacktestRow[]) =>
  Object.fromEntries(
    BASELINES.map((baseline) => [baseline, bothWindows(rows.filter((row) => row.model === baseline))]),
  );

/** Σ MAPE × units ÷ Σ units over the categories whose MAPE is defined; the units are those of the window. */
function weightedMape(categories: readonly CategoryVerdict[], window: Window): number | null {
  let sum = 0;
  let units = 0;
  for (const { [window]: errors } of categories) {
    if (errors.mape === null) continue;
    sum += errors.mape * errors.actualSum;
    units += errors.actualSum;
  }
  return units === 0 ? null : sum / units;
}

/** Only categories where both errors are defined count; a tie is no win. */
function countWins(categories: readonly CategoryVerdict[], baseline: string, window: Window) {
  const compared = categories.flatMap((category) => {
    const own = category[window].wape;
    const other = category.baselines[baseline]?.[window].wape ?? null;
    return own === null || other === null ? [] : [own < other];
  });
  return { won: compared.filter(Boolean).length, of: compared.length };
}

const byWeakness = (window: Window) => (a: CategoryVerdict, b: CategoryVerdict) =>
  (b[window].wape ?? Number.POSITIVE_INFINITY) - (a[window].wape ?? Number.POSITIVE_INFINITY) ||
  a.category.localeCompare(b.category, "en");
