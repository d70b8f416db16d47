import { z } from "zod";

const text = z.string().min(1);

/** What one attempt of a `python` task hands to the job on the cluster, as `spec.json` in its package. */
export const PythonScriptSpec = z.strictObject({
  run_id: text,
  task_id: text,
  attempt: z.int().min(1),
  /** `<package>/<file>`, below the package's root. */
  script: z.string().regex(/^[A-Za-z][\w-]*(\/[\w-]+)*\/[\w-]+\.py$/),
  args: z.array(z.string()),
  /** JSON values by name. */
  parameters: z.record(z.string(), z.unknown()),
  /** Where the script writes each of its tables, by the name that it gives the table. */
  output_uris: z.record(z.string(), text),
  /** What the job creates as its first act; an attempt whose file is there has begun, and does not begin again. */
  begun_uri: text,
  result_uri: text,
});
export type PythonScriptSpec = z.infer<typeof PythonScriptSpec>;
