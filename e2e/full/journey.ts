import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { DAYS, FIRST_DAY } from "./shop-database";

type Server = { host: string; port: number; database: string; username: string; secret: string };

/**
 * The daily forecast of the seeds as far as its rooms are there: connections to the shop, the feature query, a script of its
 * own, and the pipeline of sync, calendar, features, training and validation. Everything is named after `name`.
 */
export function journey(name: string, { host, port, database, username, secret }: Server) {
  const connectionTo = (schema: string, streams: object[]) => ({
    connector: "source-postgres",
    config: {
      host,
      port,
      database,
      username,
      password: `$\{${secret}}`,
      schemas: [schema],
      replication_method: { method: "standard" },
    },
    streams,
  });
  const shop = `lake.${name}_shopify_orders`;
  const stock = `lake.${name}_inventory_db`;
  const tables = {
    calendar: `analytics.${name}.calendar`,
    features: `analytics.${name}.demand_features`,
    backtest: `analytics.${name}.backtest`,
    forecast: `analytics.${name}.forecast`,
  };
  const features = readFileSync(join(import.meta.dirname, "shop_features.sql"), "utf8")
    .replaceAll("{shop}", shop)
    .replaceAll("{stock}", stock)
    .replaceAll("{calendar}", tables.calendar);
  const query = `${name}_features`;
  const connections = {
    [`${name}-shopify-orders`]: connectionTo("shopify", [
      { name: "orders", sync_mode: "incremental", cursor_field: "updated_at" },
      { name: "order_items", sync_mode: "full_refresh" },
      { name: "products", sync_mode: "incremental", cursor_field: "updated_at" },
      { name: "product_categories", sync_mode: "full_refresh" },
    ]),
    [`${name}-inventory-db`]: connectionTo("inventory", [{ name: "inventory", sync_mode: "full_refresh" }]),
  };
  const document = {
    pipeline_id: name,
    name: "Daily Demand Forecast Pipeline",
    schedule: "0 2 * * *",
    timeout: "2h",
    tasks: [
      {
        task_id: "sync_sources",
        type: "ingestion_trigger",
        config: { connections: Object.keys(connections), wait_for_completion: true, timeout: "30m" },
      },
      {
        task_id: "calendar",
        type: "python",
        config: {
          script: `${name}/shop_calendar.py`,
          parameters: { first_day: FIRST_DAY, days: DAYS },
          output_tables: { calendar: tables.calendar },
        },
      },
      {
        task_id: "feature_engineering",
        type: "sql_execute",
        depends_on: ["sync_sources", "calendar"],
        config: {
          query_ref: `analytics.queries.${query}`,
          target_table: tables.features,
          write_mode: "overwrite",
        },
        retry_policy: { max_attempts: 3, backoff_coefficient: 2, initial_interval: "60s" },
      },
      {
        task_id: "model_training",
        type: "ray_train",
        depends_on: ["feature_engineering"],
        config: {
          training_script: "demand_forecast/train.py",
          dataset: tables.features,
          ray_config: { num_workers: 2, use_gpu: false, resources_per_worker: { CPU: 1 } },
          hyperparameters: {
            model_type: "lightgbm",
            forecast_horizon: 14,
            n_estimators: 20,
            category_n_estimators: 20,
            learning_rate: 0.1,
            category_column: "category",
            per_category_models: true,
            categories: 4,
            global_categories: 4,
            rolling_origins: 2,
            selection_origins: 1,
          },
          mlflow_experiment: name,
          output_tables: { backtest: tables.backtest, forecast: tables.forecast },
        },
      },
      {
        task_id: "model_validation",
        type: "model_evaluate",
        depends_on: ["model_training"],
        config: {
          validation_window: "14d",
          metrics: ["mape", "rmse", "bias"],
          thresholds: { mape_max: 0.5, bias_range: [-0.5, 0.5] },
          fail_on_threshold_breach: true,
          holdout_split: "last_14_days",
        },
      },
    ],
    failure_handling: {
      task_level: {
        sync_sources: "retry_then_fail",
        feature_engineering: "retry_then_fail",
        model_training: "retry_then_fail",
        model_validation: "skip_deployment_keep_current",
      },
    },
  };
  const script = readFileSync(join(import.meta.dirname, "shop_calendar.py"), "utf8");
  return {
    connections,
    query: { name: query, sql: features, dialect: "duckdb" },
    code: zipSync({ "shop_calendar.py": strToU8(script) }),
    document,
    tables,
    /** Where each stream lands. */
    synced: {
      orders: `${shop}.orders`,
      order_items: `${shop}.order_items`,
      products: `${shop}.products`,
      product_categories: `${shop}.product_categories`,
      inventory: `${stock}.inventory`,
    },
  };
}
