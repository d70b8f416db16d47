import type { ForecastErrors } from "./evaluation-report";

/**
 * Errors of `predicted[N]` against `actual[N]`, both in units.
 *
 * MAPE: mean of |p − a| ÷ a over the days with a > 0. WAPE: Σ|p − a| ÷ Σa. RMSE: √ mean (p − a)². Bias: (Σp − Σa) ÷ Σa.
 * Null where the denominator is zero or there is no day.
 */
export function forecastErrors(actual: readonly number[], predicted: readonly number[]): ForecastErrors {
  if (actual.length !== predicted.length) throw new RangeError("actual and predicted differ in length");
  let mapeSum = 0;
  let mapeDays = 0;
  let absolute = 0;
  let squared = 0;
  let actualSum = 0;
  let predictedSum = 0;
  for (let day = 0; day < actual.length; day += 1) {
    const truth = actual[day] as number;
    const forecast = predicted[day] as number;
    const error = forecast - truth;
    absolute += Math.abs(error);
    squared += error * error;
    actualSum += truth;
    predictedSum += forecast;
    if (truth > 0) {
      mapeSum += Math.abs(error) / truth;
      mapeDays += 1;
    }
  }
  const days = actual.length;
  return {
    mape: mapeDays === 0 ? null : mapeSum / mapeDays,
    mapeDays,
    wape: actualSum === 0 ? null : absolute / actualSum,
    rmse: days === 0 ? null : Math.sqrt(squared / days),
    bias: actualSum === 0 ? null : (predictedSum - actualSum) / actualSum,
    days,
    actualSum,
  };
}
