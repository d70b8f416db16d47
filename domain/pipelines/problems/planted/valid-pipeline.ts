import type { Knowledge } from "../knowledge";
import { type Seeded, seeded } from "./seeded";

export type PlantedTask = {
  task_id: string;
  type: string;
  depends_on: string[];
  run_when?: string;
  config: Record<string, unknown>;
  [field: string]: unknown;
};
export type PlantedPipeline = {
  json: Record<string, unknown> & { tasks: PlantedTask[]; parameters: Record<string, unknown> };
  knowledge: Knowledge;
};

const GIB = 1_073_741_824;

/** A case of a branch. */
export const caseOf = (when: string, ids: string[]) =>
  Object.fromEntries([
    ["when", when],
    // biome-ignore lint/suspicious/noThenProperty: the document's word; it is a list, never a function
    ["then", ids],
  ]);

/** A sound pipeline with every type of task that runs, around `steps` statements in layers, and a workspace that has all it names. */
export function validPipeline(seed: number, steps = 8): PlantedPipeline {
  const random = seeded(seed);
  const tasks: PlantedTask[] = [
    {
      task_id: "sync",
      type: "ingestion_trigger",
      depends_on: [],
      config: { connections: ["shop", "stock-db"] },
    },
    ...statements(random, steps),
  ];
  tasks.push(...learning(random, `step_${random.below(steps)}`), ...release(random));
  return {
    json: {
      pipeline_id: "generated",
      name: "Generated",
      schedule: random.of<unknown>(["0 2 * * *", { cron: "*/15 * * * 1-5", time_zone: "Europe/Prague" }]),
      parameters: { days: 14, regions: ["north", "south"], largest: 0.2, n: 2 },
      tasks,
      notifications: {
        on_failure: { channel: "slack", target: "#alerts", include_logs: true },
        on_success: [{ channel: "webhook", target: "ci" }],
      },
      failure_handling: { task_level: { sync: "retry_then_fail", train: "rollback_to_previous" } },
    },
    knowledge: knowledge(),
  };
}

function statements(random: Seeded, steps: number): PlantedTask[] {
  return Array.from({ length: steps }, (_, index): PlantedTask => {
    const before = [...new Set([random.below(steps), random.below(steps)])].filter((each) => each < index);
    const sources = before.map((each) => `JOIN analytics.derived.t${each} USING (id)`).join(" ");
    const own =
      random.below(4) === 0 ? ` WHERE day > (SELECT max(day) FROM analytics.derived.t${index})` : "";
    const statement =
      random.below(5) === 0 && before.length === 0
        ? { query_ref: random.of(["analytics.queries.first", "analytics.queries.second"]) }
        : {
            sql: `SELECT *, '{{ run.date }}' AS d, {{ parameters.n + 1 }} AS n FROM lake.shop.orders ${sources}${own}`,
          };
    return {
      task_id: `step_${index}`,
      type: "sql_execute",
      depends_on: before.length === 0 ? ["sync"] : before.map((each) => `step_${each}`),
      config: {
        ...statement,
        target_table: `analytics.derived.t${index}`,
        ...random.of([
          { write_mode: "overwrite" },
          { write_mode: "append" },
          { write_mode: "merge", merge_keys: ["id"] },
        ]),
      },
    };
  });
}

function learning(random: Seeded, source: string): PlantedTask[] {
  return [
    {
      task_id: "train",
      type: "ray_train",
      depends_on: [source],
      config: {
        training_script: "forecast/train.py",
        dataset: `analytics.derived.t${source.slice(5)}`,
        ray_config: {
          num_workers: "{{ parameters.n }}",
          resources_per_worker: { CPU: 1 + random.below(2), memory: GIB },
        },
        hyperparameters: { forecast_horizon: 14, rate: "{{ parameters.largest }}" },
        mlflow_experiment: "generated",
        output_tables: { backtest: "analytics.forecasts.backtest" },
        secrets: ["MODEL_KEY"],
      },
    },
    {
      task_id: "judge",
      type: "model_evaluate",
      depends_on: ["train"],
      config: {
        validation_window: random.of(["7d", "14d"]),
        metrics: ["mape"],
        thresholds: { mape_max: "{{ parameters.largest }}" },
      },
    },
    {
      task_id: "choose",
      type: "branch",
      depends_on: ["judge"],
      config: {
        cases: [caseOf("tasks.judge.outputs.metrics.mape_overall < parameters.largest", ["good"])],
        otherwise: ["bad"],
      },
    },
  ];
}

function release(random: Seeded): PlantedTask[] {
  const python = (task_id: string, table: string, more: object = {}): PlantedTask => ({
    task_id,
    type: "python",
    depends_on: ["choose"],
    config: {
      script: "forecast/report.py",
      output_tables: { report: table },
      resources: { CPU: 1 },
      ...more,
    },
  });
  return [
    python("good", "analytics.reports.daily", { secrets: ["MODEL_KEY"] }),
    python("bad", "analytics.reports.daily"),
    {
      task_id: "tell",
      type: "http",
      depends_on: ["good", "bad"],
      run_when: random.of(["all_succeeded", "all_ended"]),
      config: {
        method: "POST",
        url: "https://example.com/{{ run.id }}",
        headers: { Authorization: `Bearer $${"{HOOK_TOKEN}"}` },
        body: { mape: "{{ tasks.judge.outputs.metrics.mape_overall }}" },
      },
    },
    {
      task_id: "regions",
      type: "map",
      depends_on: ["sync"],
      config: {
        over: "{{ parameters.regions }}",
        task: {
          type: "sql_execute",
          config: {
            sql: "SELECT * FROM lake.shop.orders WHERE region = '{{ item }}'",
            target_table: "analytics.regions.r_{{ item }}",
            write_mode: "overwrite",
          },
        },
      },
    },
    {
      task_id: "other",
      type: "sub_pipeline",
      depends_on: ["tell", "regions"],
      config: { pipeline_id: "other-pipeline", parameters: { days: "{{ parameters.days }}" } },
    },
  ];
}

const knowledge = (): Knowledge => ({
  connections: ["shop", "stock-db"],
  savedQueries: {
    "analytics.queries.first": { reads: ["lake.shop.orders"], sql: "SELECT * FROM lake.shop.orders" },
    "analytics.queries.second": { reads: [] },
  },
  tables: ["lake.shop.orders", "lake.shop.items"],
  lineage: {},
  secrets: ["MODEL_KEY", "HOOK_TOKEN"],
  codeFiles: ["forecast/train.py", "forecast/report.py"],
  pipelines: ["other-pipeline", "generated"],
  cluster: { total: { CPU: 16, GPU: 0, memory: 64 * GIB }, largest: { CPU: 8, GPU: 0, memory: 32 * GIB } },
  notificationTargets: { slack: ["#alerts"], webhook: ["ci"] },
  changed: { codePackages: [], savedQueries: [] },
});
