import { parseDuration } from "./parse-duration";
import type { PipelineTask } from "./pipeline-document";

const LONGEST_WAIT_MS = 3_600_000;

/** A job loses its cluster more often than a statement its engine: it gets a second try where the document asks for none. */
const DEFAULT_MAX_ATTEMPTS: Record<PipelineTask["type"], number> = {
  sql_execute: 1,
  ray_train: 2,
  model_evaluate: 1,
};

/** How often a task is tried, the first try counted. */
export function maxAttempts(task: PipelineTask): number {
  return task.retry_policy?.max_attempts ?? DEFAULT_MAX_ATTEMPTS[task.type];
}

/** Milliseconds between the failure of attempt `failed` (from 1) and the next try: initial × coefficient^(failed − 1), at most an hour. */
export function retryDelayMs(task: PipelineTask, failed: number): number {
  const initialMs = parseDuration(task.retry_policy?.initial_interval ?? "1s");
  const coefficient = task.retry_policy?.backoff_coefficient ?? 2;
  return Math.min(LONGEST_WAIT_MS, Math.round(initialMs * coefficient ** (failed - 1)));
}
