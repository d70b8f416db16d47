import type { PipelineTask } from "./document/pipeline-document";
import { parseDuration } from "./parse-duration";
import { taskType } from "./task-types/index";

const LONGEST_WAIT_MS = 3_600_000;

/** How often a task is tried, the first try counted. */
export function maxAttempts(task: PipelineTask): number {
  return task.retry_policy?.max_attempts ?? taskType(task.type)?.maxAttempts ?? 1;
}

/** Milliseconds between the failure of attempt `failed` (from 1) and the next try: initial × coefficient^(failed − 1), at most an hour. */
export function retryDelayMs(task: PipelineTask, failed: number): number {
  const initialMs = parseDuration(task.retry_policy?.initial_interval ?? "1s");
  const coefficient = task.retry_policy?.backoff_coefficient ?? 2;
  return Math.min(LONGEST_WAIT_MS, Math.round(initialMs * coefficient ** (failed - 1)));
}
