import { isFinal } from "../shared/is-final";
import type { RunStatus } from "../shared/run-status";
import type { StreamCounts } from "./sync-view";

const NEXT: Record<RunStatus, readonly RunStatus[]> = {
  queued: ["running", "failed", "cancelled", "skipped"],
  running: ["retrying", "succeeded", "failed", "cancelled"],
  retrying: ["running", "failed", "cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
  skipped: [],
};

/** Whether a stream may go from one state to another. A final state is left only by asking for the stream again. */
export const streamMayBecome = (from: RunStatus, to: RunStatus): boolean => NEXT[from].includes(to);

/** States that `to` may follow. */
export const streamMayPrecede = (to: RunStatus): RunStatus[] =>
  (Object.keys(NEXT) as RunStatus[]).filter((from) => NEXT[from].includes(to));

/** The worst of the streams once all have ended; until then what the liveliest does. */
export function syncStatus(statuses: readonly RunStatus[]): RunStatus {
  if (statuses.every(isFinal)) {
    return (
      (["failed", "cancelled", "skipped"] as const).find((each) => statuses.includes(each)) ?? "succeeded"
    );
  }
  if (statuses.includes("running")) return "running";
  if (statuses.includes("retrying")) return "retrying";
  return statuses.some(isFinal) ? "running" : "queued";
}

export function streamCounts(statuses: readonly RunStatus[]): StreamCounts {
  const counts: StreamCounts = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
