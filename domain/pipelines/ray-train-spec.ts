import { z } from "zod";

const text = z.string().min(1);
const count = z.int().min(1);

/** What one attempt of a `ray_train` task hands to the job on the cluster, as `spec.json` in its package. */
export const RayTrainSpec = z.strictObject({
  run_id: text,
  task_id: text,
  attempt: count,
  /** `<package>/<file>`, below the package's root. */
  training_script: z.string().regex(/^[A-Za-z][\w-]*(\/[\w-]+)*\/[\w-]+\.py$/),
  dataset: z.strictObject({
    name: text,
    /** Parquet files of the version that is trained on. */
    uris: z.array(text).min(1),
  }),
  hyperparameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ray_config: z.strictObject({
    num_workers: count.max(1024),
    use_gpu: z.boolean().optional(),
    /** CPUs and GPUs as counts, memory in bytes. */
    resources_per_worker: z
      .strictObject({
        CPU: z.number().positive().optional(),
        GPU: z.number().min(0).optional(),
        memory: count.optional(),
      })
      .optional(),
  }),
  mlflow: z.strictObject({ tracking_uri: text, experiment: text }),
  /** Where the script writes each of its tables, by the name that it gives the table. */
  output_uris: z.record(z.string(), text),
  /** What the job creates as its first act; an attempt whose file is there has begun, and does not begin again. */
  begun_uri: text,
  result_uri: text,
  threads_per_worker: count,
});
export type RayTrainSpec = z.infer<typeof RayTrainSpec>;
