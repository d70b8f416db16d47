import { z } from "zod";
import type { TaskSockets, TaskWork } from "../task-executor";
import { TaskFailed } from "../task-failed";

/** What a job leaves behind when it has succeeded, as `jobs/workbench_jobs` writes it. */
export const JobResult = z.object({
  mlflow_run_id: z.string().nullable().default(null),
  models: z.record(z.string(), z.unknown()).default({}),
  metrics: z
    .record(z.string(), z.number().nullable())
    .default({})
    .transform((metrics) =>
      Object.fromEntries(
        Object.entries(metrics).filter((entry): entry is [string, number] => entry[1] !== null),
      ),
    ),
  tables: z
    .record(
      z.string(),
      z.object({
        row_count: z.int(),
        bytes: z.int(),
        columns: z.array(z.object({ name: z.string(), type: z.string() })),
      }),
    )
    .default({}),
  /** What the script gives to the tasks behind it, by name. */
  values: z.record(z.string(), z.json()).default({}),
  facts: z
    .array(
      z.object({
        label: z.string(),
        value: z.union([z.string(), z.number(), z.boolean()]).transform(String),
      }),
    )
    .default([]),
});
export type JobResult = z.infer<typeof JobResult>;

/** Reads the result; the job writes it last and whole, so that its presence means success. */
export async function readJobResult({ key }: TaskWork, { jobFiles }: TaskSockets): Promise<JobResult> {
  const text = await jobFiles.read(jobFiles.resultUri(key));
  if (text === null) {
    throw new TaskFailed({
      code: "engine_failed",
      message: "The job ended without a result.",
      hint: "The cluster must be able to write to the app's data folder, or to the bucket where S3_BUCKET is set; the log says what the script did.",
      detail: null,
    });
  }
  const parsed = JobResult.safeParse(safeJson(text));
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues.map((issue) => `/${issue.path.join("/")} ${issue.message}`).join("\n");
  throw new TaskFailed({
    code: "engine_failed",
    message: "The job's result cannot be read.",
    hint: null,
    detail,
  });
}

function safeJson(text: string): unknown {
  try {
    // Python writes NaN, which JSON does not know.
    return JSON.parse(text.replace(/(?<=[:[,]\s*)(NaN|-?Infinity)(?=\s*[,}\]])/g, "null"));
  } catch {
    return null;
  }
}
