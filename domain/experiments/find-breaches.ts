import type { Breach, ForecastErrors } from "./evaluation-report";

/** Fractions, except `rmse_max`, which is in units. An absent one is not judged. */
export type Thresholds = {
  mape_max?: number | undefined;
  wape_max?: number | undefined;
  rmse_max?: number | undefined;
  bias_range?: [number, number] | undefined;
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Thresholds that these errors pass, with a sentence for people; `of` ends the subject: `of all categories over the holdout`. An undefined error breaches nothing. */
export function findBreaches(
  errors: Pick<ForecastErrors, "mape" | "wape" | "rmse" | "bias">,
  thresholds: Thresholds,
  of: string,
): Breach[] {
  const breaches: Breach[] = [];
  for (const metric of ["mape", "wape", "rmse"] as const) {
    const value = errors[metric];
    const limit = thresholds[`${metric}_max`];
    if (value === null || limit === undefined || value <= limit) continue;
    const show = metric === "rmse" ? (number: number) => `${number.toFixed(1)} units` : percent;
    breaches.push({
      metric,
      value,
      limit,
      sentence: `${metric.toUpperCase()} ${of} is ${show(value)}, above the limit of ${show(limit)}.`,
    });
  }
  const { bias } = errors;
  const [lowest, highest] = thresholds.bias_range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (bias !== null && (bias < lowest || bias > highest)) {
    const [limit, side] =
      bias < lowest ? [lowest, "below the lowest allowed"] : [highest, "above the highest allowed"];
    breaches.push({
      metric: "bias",
      value: bias,
      limit,
      sentence: `Bias ${of} is ${percent(bias)}, ${side}, ${percent(limit)}.`,
    });
  }
  return breaches;
}
