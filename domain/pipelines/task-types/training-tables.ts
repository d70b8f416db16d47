/** What of a `ray_train` config says where its tables go. */
type TrainingConfig = { mlflow_experiment: string; output_tables?: Record<string, string> | undefined };

export type TrainingTables = {
  /** Table by the name that the script gives it. */
  tables: Record<string, string>;
  /** The document names none: the script may write any of these, or none. */
  isOptional: boolean;
};

/**
 * Where a training's tables go. A document without `output_tables` gets names made from its experiment:
 * `analytics.forecasts.<experiment>_backtest` and `…_forecast`.
 */
export function trainingTables({ mlflow_experiment, output_tables }: TrainingConfig): TrainingTables {
  if (output_tables !== undefined) return { tables: output_tables, isOptional: false };
  const word = mlflow_experiment
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  const stem = /^[a-z]/.test(word) ? word : `experiment_${word}`;
  const nameOf = (key: string) => `analytics.forecasts.${stem}_${key}`;
  return { tables: { backtest: nameOf("backtest"), forecast: nameOf("forecast") }, isOptional: true };
}
