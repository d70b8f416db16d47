import { z } from "zod";
import { CodeFile, Identifier, QualifiedName, SecretName, WorkerResources } from "../document/fields";
import type { TaskType } from "./task-type";

const RayTrainConfig = z.strictObject({
  training_script: CodeFile.meta({
    title: "Training script",
    description: "A file in a code package.",
    examples: ["demand_forecast/train.py"],
  }),
  dataset: QualifiedName.meta({
    title: "Dataset",
    description: "The table it trains on, in the version that is current when it starts.",
    examples: ["analytics.derived.demand_features"],
  }),
  ray_config: z
    .strictObject({
      num_workers: z.int().min(1).max(1024).meta({ title: "Workers" }),
      use_gpu: z.boolean().default(false).meta({ title: "Use GPUs" }),
      resources_per_worker: WorkerResources.meta({ title: "Resources of a worker" }),
    })
    .meta({ title: "Ray" }),
  hyperparameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .meta({ title: "Hyperparameters", description: "What the script reads." }),
  mlflow_experiment: z.string().min(1).max(200).meta({ title: "MLflow experiment" }),
  output_tables: z.record(Identifier, QualifiedName).optional().meta({
    title: "Output tables",
    description:
      "Tables that the script writes, by the name that it gives each. Without them backtest and forecast are named after the experiment.",
  }),
  secrets: z
    .array(SecretName)
    .optional()
    .meta({ title: "Secrets", description: "Environment variables that the job gets." }),
});
type RayTrainConfig = z.infer<typeof RayTrainConfig>;

export const rayTrain = {
  type: "ray_train",
  label: "Train on Ray",
  summary: "Trains models with a script on the cluster and logs them to MLflow.",
  group: "learn",
  config: RayTrainConfig,
  initial: {
    training_script: "package/train.py",
    dataset: "analytics.derived.new_table",
    ray_config: { num_workers: 1, use_gpu: false, resources_per_worker: { CPU: 1 } },
    hyperparameters: {},
    mlflow_experiment: "new-experiment",
  },
  /** A job loses its cluster more often than a statement its engine. */
  maxAttempts: 2,
  unavailable: null,
  reads: ({ dataset }) => [dataset],
  writes: ({ output_tables = {} }) => Object.values(output_tables),
  secrets: ({ secrets = [] }) => secrets,
  check: ({ config: { ray_config } }) =>
    ray_config.use_gpu && ray_config.resources_per_worker.GPU === undefined
      ? [
          {
            pointer: "/config/ray_config/resources_per_worker",
            message: "use_gpu is true: say how many GPUs a worker gets, for example GPU: 1.",
          },
        ]
      : [],
} as const satisfies TaskType<"ray_train", RayTrainConfig>;
