import { formatCount, formatNumber, formatShare } from "@/components/ui/format";
import type { EvaluationReport } from "@/domain/experiments/evaluation-report";
import { BASELINES, forecasterName } from "./prepare-category-rows";

export type Figure = { key: string; value: string; label: string; note: string | null };
export type Verdict = {
  headline: string;
  sentence: string;
  figures: Figure[];
  limits: string;
  breaches: string[];
  holdoutNote: string;
};

const LIMITS: Record<string, string> = { mape_max: "MAPE", wape_max: "WAPE", rmse_max: "RMSE" };

/** What the report says, in sentences and at most five figures. */
export function prepareVerdict(report: EvaluationReport): Verdict {
  const passing = report.categories.filter((one) => one.status === "PASS").length;
  const failing = report.categories.filter((one) => one.status === "FAIL").map((one) => one.category);
  const { overall } = report;
  const wins = BASELINES.flatMap((name): Figure[] => {
    const won = report.wins[name];
    return won
      ? [
          {
            key: `wins-${name}`,
            value: `${won.won} of ${won.of}`,
            label: `categories better than ${forecasterName(name).toLowerCase()}`,
            note: "by WAPE, all origins",
          },
        ]
      : [];
  });
  return {
    headline: `${report.status} over all units. By themselves, ${passing} of ${formatCount(report.categories.length, "category", "categories")} are within the limits.${failingText(failing)}`,
    sentence: sentenceOf(report),
    figures: [
      {
        key: "wape",
        value: formatShare(overall.backtest.wape),
        label: "WAPE by units, back-test",
        note: formatCount(report.origins.length, "origin"),
      },
      ...BASELINES.map((name) => ({
        key: name,
        value: formatShare(overall.baselines[name]?.backtest.wape),
        label: `WAPE, ${forecasterName(name).toLowerCase()}`,
        note: differenceText(overall.backtest.wape, overall.baselines[name]?.backtest.wape ?? null),
      })),
      ...wins,
    ],
    limits: limitsText(report.thresholds),
    breaches: overall.breaches.map((breach) => breach.sentence),
    holdoutNote: holdoutText(report),
  };
}

function failingText(failing: string[]): string {
  if (failing.length === 0) return "";
  const named = failing.slice(0, 3).join(", ");
  const more = failing.length > 3 ? ` and ${formatNumber(failing.length - 3)} more` : "";
  return ` Over a limit: ${named}${more}.`;
}

function sentenceOf({ overall, origins }: EvaluationReport): string {
  const bias = overall.backtest.bias;
  const lean =
    bias === null || Math.abs(bias) < 0.005 ? "is balanced" : bias < 0 ? "is too low" : "is too high";
  return `Judged on ${formatCount(origins.length, "origin")} pooled, ${formatCount(overall.backtest.days, "category day")}. The forecast ${lean} by ${formatShare(bias === null ? null : Math.abs(bias))} over all units; weighted MAPE is ${formatShare(overall.mapeWeighted.backtest)}.`;
}

function holdoutText({ overall, holdoutStart, holdoutEnd, holdoutLabel, origins }: EvaluationReport): string {
  const label = holdoutLabel === null ? "" : ` (${holdoutLabel})`;
  const beside = BASELINES.map(
    (name) =>
      `${formatShare(overall.baselines[name]?.holdout.wape)} for ${forecasterName(name).toLowerCase()}`,
  ).join(" and ");
  const judged =
    origins.length > 0
      ? "It is shown; the model is judged on the origins."
      : "There is no other origin: the model is judged on these days.";
  return `The holdout, ${holdoutStart} to ${holdoutEnd}${label}: WAPE ${formatShare(overall.holdout.wape)} there, beside ${beside}. ${judged}`;
}

function differenceText(model: number | null, baseline: number | null): string | null {
  if (model === null || baseline === null) return null;
  const points = (model - baseline) * 100;
  return points < 0
    ? `the model is ${formatNumber(-points, 1)} pp lower`
    : `the model is ${formatNumber(points, 1)} pp higher`;
}

/** `WAPE at most 40.0 %, bias −20.0 % to 20.0 %`. */
export function limitsText(thresholds: Record<string, unknown>): string {
  const parts = Object.entries(thresholds).flatMap(([key, value]) => {
    const name = LIMITS[key];
    if (name !== undefined && typeof value === "number") {
      return [`${name} at most ${key === "rmse_max" ? `${formatNumber(value)} units` : formatShare(value)}`];
    }
    if (key === "bias_range" && Array.isArray(value)) {
      return [`bias ${formatShare(Number(value[0]))} to ${formatShare(Number(value[1]))}`];
    }
    return [];
  });
  return parts.length > 0 ? parts.join(", ") : "No limit is set, so everything passes.";
}
