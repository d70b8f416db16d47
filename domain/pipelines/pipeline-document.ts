import { z } from "zod";

/** A span of time as the documents write it: `60s`, `5m`, `2h`, `14d`. */
const Duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, "Write a whole number and a unit (ms, s, m, h, d), for example 30m");

/** A table or query of three parts: catalog.schema.name. */
export const QualifiedName = z
  .string()
  .regex(
    /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){2}$/,
    "Write three parts, for example analytics.derived.demand_features",
  );

const identifier = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
    "Start with a letter; use letters, digits, _ and -; at most 64 characters",
  );

const RetryPolicy = z.strictObject({
  /** The first try counts. */
  max_attempts: z.int().min(1).max(20),
  backoff_coefficient: z.number().min(1).max(10).default(2),
  initial_interval: Duration.default("1s"),
});

const SqlExecuteConfig = z.strictObject({
  query_ref: QualifiedName.optional(),
  sql: z.string().min(1).optional(),
  target_table: QualifiedName,
  write_mode: z.literal("overwrite"),
  /** Lands there, unseen by readers until the branch is published; made where it is not there. */
  branch: z
    .string()
    .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u, "Use letters, digits, _, - and .")
    .optional(),
});

const RayTrainConfig = z.strictObject({
  /** A file in a code package: `<package>/<file>`. */
  training_script: z.string().regex(/^[A-Za-z][\w-]*(\/[\w-]+)*\/[\w-]+\.py$/, "Write <package>/<file>.py"),
  dataset: QualifiedName,
  ray_config: z.strictObject({
    num_workers: z.int().min(1).max(1024),
    use_gpu: z.boolean().default(false),
    /** CPUs as a count, memory in bytes. */
    resources_per_worker: z.strictObject({
      CPU: z.number().positive().default(1),
      GPU: z.number().min(0).optional(),
      memory: z.int().positive().optional(),
    }),
  }),
  hyperparameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  mlflow_experiment: z.string().min(1).max(200),
  /** Tables that the script writes, by the name that the script gives each. */
  output_tables: z.record(identifier, QualifiedName).optional(),
  /** Names of environment variables that the job gets. */
  secrets: z.array(z.string()).optional(),
});

const ModelEvaluateConfig = z.strictObject({
  validation_window: Duration,
  metrics: z.array(z.enum(["mape", "wape", "rmse", "bias"])).min(1),
  /** Fractions: 0.15 is 15 %. */
  thresholds: z.strictObject({
    mape_max: z.number().positive().optional(),
    wape_max: z.number().positive().optional(),
    rmse_max: z.number().positive().optional(),
    bias_range: z.tuple([z.number(), z.number()]).optional(),
  }),
  fail_on_threshold_breach: z.boolean().default(true),
  holdout_split: z.literal("last_14_days").optional(),
  /** What is special about the days held out, for people: `Christmas`. */
  holdout_label: z.string().trim().min(1).max(60).optional(),
});

const taskBase = {
  task_id: identifier,
  depends_on: z.array(identifier).optional(),
  retry_policy: RetryPolicy.optional(),
  timeout: Duration.optional(),
};

export const PipelineTask = z.discriminatedUnion("type", [
  z.strictObject({ ...taskBase, type: z.literal("sql_execute"), config: SqlExecuteConfig }),
  z.strictObject({ ...taskBase, type: z.literal("ray_train"), config: RayTrainConfig }),
  z.strictObject({ ...taskBase, type: z.literal("model_evaluate"), config: ModelEvaluateConfig }),
]);
export type PipelineTask = z.infer<typeof PipelineTask>;

/** A pipeline, in the JSON that people write and the app stores. Unknown fields are refused by name. */
export const PipelineDocument = z.strictObject({
  pipeline_id: identifier,
  name: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  timeout: Duration.optional(),
  tasks: z.array(PipelineTask).min(1).max(200),
});
export type PipelineDocument = z.infer<typeof PipelineDocument>;
