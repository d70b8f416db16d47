import { z } from "zod";
import { QualifiedName, WorkerResources } from "../document/fields";
import type { TaskType } from "./task-type";

const BatchInferenceConfig = z.strictObject({
  deployment_name: z
    .string()
    .min(1)
    .max(63)
    .meta({ title: "Deployment", examples: ["demand-forecaster"] }),
  input_table: QualifiedName.meta({ title: "Input table", examples: ["analytics.derived.demand_features"] }),
  output_table: QualifiedName.meta({ title: "Output table", examples: ["analytics.forecasts.demand_14d"] }),
  batch_size: z.int().min(1).max(1_000_000).default(1_000).meta({ title: "Rows a batch" }),
  num_workers: z.int().min(1).max(1024).default(1).meta({ title: "Workers" }),
  resources_per_worker: WorkerResources.optional().meta({ title: "Resources of a worker" }),
});
type BatchInferenceConfig = z.infer<typeof BatchInferenceConfig>;

export const batchInference = {
  type: "batch_inference",
  label: "Predict in batch",
  summary: "Predicts for every row of a table and writes the predictions.",
  group: "release",
  config: BatchInferenceConfig,
  initial: {
    deployment_name: "new-deployment",
    input_table: "analytics.derived.new_table",
    output_table: "analytics.forecasts.new_table",
  },
  maxAttempts: 1,
  unavailable:
    "Batch predictions are made once the serving room is there. Until then the pipeline can be saved as a draft; a python task can predict with a script.",
  reads: ({ input_table }) => [input_table],
  writes: ({ output_table }) => [output_table],
} as const satisfies TaskType<"batch_inference", BatchInferenceConfig>;
