import { z } from "zod";

/** Errors of one forecaster over a set of days. Null where undefined (no day with actual > 0; actual sum 0). */
export const ForecastErrors = z.object({
  /** Fraction, mean over the `mapeDays` days with actual > 0. */
  mape: z.number().nullable(),
  mapeDays: z.int(),
  /** Σ|forecast − actual| ÷ Σ actual. */
  wape: z.number().nullable(),
  /** In units. */
  rmse: z.number().nullable(),
  /** (Σ forecast − Σ actual) ÷ Σ actual. */
  bias: z.number().nullable(),
  days: z.int(),
  actualSum: z.number(),
});
export type ForecastErrors = z.infer<typeof ForecastErrors>;

export const Breach = z.object({
  metric: z.string(),
  value: z.number(),
  limit: z.number(),
  sentence: z.string(),
});

export type Breach = z.infer<typeof Breach>;

export const CategoryVerdict = z.object({
  category: z.string(),
  /** The forecaster chosen for this category on days before the ones judged. */
  model: z.string(),
  status: z.enum(["PASS", "FAIL"]),
  breaches: z.array(Breach),
  holdout: ForecastErrors,
  /** Pooled over the eight origins. */
  backtest: ForecastErrors,
  /** By baseline name: `seasonal_naive`, `mean_4_weekdays`. */
  baselines: z.record(z.string(), z.object({ holdout: ForecastErrors, backtest: ForecastErrors })),
  /** Registered model and version, where there is one. */
  registeredModel: z.string().nullable(),
});
export type CategoryVerdict = z.infer<typeof CategoryVerdict>;

/** What `model_evaluate` found: the model beside its baselines, on the holdout and on the rolling origins. */
export const EvaluationReport = z.object({
  status: z.enum(["PASS", "FAIL"]),
  holdoutStart: z.string(),
  holdoutEnd: z.string(),
  /** What the document says of these days: `Christmas`. */
  holdoutLabel: z.string().nullable().default(null),
  /** The table that was judged, in the version that was read; null in reports older than this field. */
  backtestTable: z.object({ name: z.string(), version: z.string() }).nullable().default(null),
  /** First forecast day of each origin, ISO dates. */
  origins: z.array(z.string()),
  overall: z.object({
    holdout: ForecastErrors,
    backtest: ForecastErrors,
    /** Σ of category MAPE × holdout units ÷ Σ holdout units. */
    mapeWeighted: z.object({ holdout: z.number().nullable(), backtest: z.number().nullable() }),
    baselines: z.record(z.string(), z.object({ holdout: ForecastErrors, backtest: ForecastErrors })),
    breaches: z.array(Breach),
  }),
  /** Categories whose model has the smaller pooled WAPE than the baseline, over the origins. */
  wins: z.record(z.string(), z.object({ won: z.int(), of: z.int() })),
  /** Weakest first: by pooled WAPE, descending. */
  categories: z.array(CategoryVerdict),
  thresholds: z.record(z.string(), z.unknown()),
  mlflowRunId: z.string().nullable(),
  mlflowUrl: z.string().nullable(),
});
export type EvaluationReport = z.infer<typeof EvaluationReport>;
