import { z } from "zod";

/** The states of any long work, everywhere: runs, tasks, attempts, jobs. */
export const RunStatus = z.enum([
  "queued",
  "running",
  "retrying",
  "succeeded",
  "failed",
  "cancelled",
  "skipped",
]);
export type RunStatus = z.infer<typeof RunStatus>;
