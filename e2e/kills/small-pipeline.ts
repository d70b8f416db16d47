import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";

/** Names of everything that one set of kill seeds makes, so that two sets on one instance do not meet. */
export function smallPipeline(name: string, trace: string) {
  const tables = {
    features: `analytics.kills.${name}_features`,
    backtest: `analytics.kills.${name}_backtest`,
    summary: `analytics.kills.${name}_summary`,
  };
  const script = readFileSync(join(import.meta.dirname, "small_training.py"));
  const document = {
    pipeline_id: name,
    name: "Small training",
    tasks: [
      {
        task_id: "features",
        type: "sql_execute",
        config: {
          sql: "SELECT DATE '2024-01-01' + CAST(i % 14 AS INTEGER) AS day, i AS line, sin(i) AS value FROM range(200000) AS lines(i)",
          target_table: tables.features,
          write_mode: "overwrite",
        },
      },
      {
        task_id: "training",
        type: "ray_train",
        depends_on: ["features"],
        config: {
          training_script: `${name}/small_training.py`,
          dataset: tables.features,
          ray_config: { num_workers: 2, resources_per_worker: { CPU: 1 } },
          hyperparameters: { trace },
          mlflow_experiment: name,
          output_tables: { backtest: tables.backtest },
        },
      },
      {
        task_id: "validation",
        type: "model_evaluate",
        depends_on: ["training"],
        config: { validation_window: "14d", metrics: ["wape"], thresholds: { wape_max: 0.05 } },
      },
      {
        task_id: "summary",
        type: "sql_execute",
        depends_on: ["validation"],
        config: {
          sql: `SELECT model, count(*) AS days FROM ${tables.backtest} GROUP BY model`,
          target_table: tables.summary,
          write_mode: "overwrite",
        },
      },
    ],
  };
  return {
    document,
    code: zipSync({ "small_training.py": strToU8(script.toString("utf8")) }),
    /** Rows that a whole run leaves in each table. */
    rowCounts: { [tables.features]: 200_000, [tables.backtest]: 28, [tables.summary]: 2 },
    /** Which task writes which table. */
    writers: { features: tables.features, training: tables.backtest, summary: tables.summary },
  };
}
