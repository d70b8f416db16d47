import { isFinal } from "../shared/is-final";
import type { RunStatus } from "../shared/run-status";

const NEXT: Record<RunStatus, readonly RunStatus[]> = {
  queued: ["running", "succeeded", "failed", "cancelled", "skipped"],
  running: ["retrying", "succeeded", "failed", "cancelled"],
  retrying: ["running", "failed", "cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
  skipped: [],
};

/** Whether a run, task or attempt may go from one state to another. A final state is never left; staying is always allowed. */
export function mayBecome(from: RunStatus, to: RunStatus): boolean {
  return from === to || NEXT[from].includes(to);
}

/** States from which `to` may be reached by a change. */
export function mayPrecede(to: RunStatus): RunStatus[] {
  return (Object.keys(NEXT) as RunStatus[]).filter((from) => NEXT[from].includes(to));
}

/** What a run is once its tasks are as given; null while some are not final. */
export function runOutcome(statuses: readonly RunStatus[]): "succeeded" | "failed" | "cancelled" | null {
  if (!statuses.every(isFinal)) return null;
  if (statuses.includes("failed")) return "failed";
  if (statuses.includes("cancelled")) return "cancelled";
  return statuses.includes("skipped") ? "failed" : "succeeded";
}
