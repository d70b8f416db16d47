import type { FailureKind } from "./run-event";
import type { PlanTask } from "./run-plan";

const LONGEST_WAIT_MS = 3_600_000;

/**
 * Milliseconds between the failure of attempt `failed` (from 1) and the next one: first × backoff^(failed − 1), at most an
 * hour. Null where there is no next one.
 */
export function retryAfterMs(
  task: Pick<PlanTask, "maxAttempts" | "firstRetryMs" | "backoff" | "retriesOrdinary">,
  failed: number,
  kind: FailureKind,
): number | null {
  if (kind === "final" || failed >= task.maxAttempts) return null;
  if (kind === "ordinary" && !task.retriesOrdinary) return null;
  return pauseMs(task, failed);
}

/** How long the pause after attempt `failed` is. */
export function pauseMs(task: Pick<PlanTask, "firstRetryMs" | "backoff">, failed: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.round(task.firstRetryMs * task.backoff ** (failed - 1)));
}
