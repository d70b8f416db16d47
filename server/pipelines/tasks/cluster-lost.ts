import type { Failure } from "../../../domain/shared/failure";
import { TaskFailed } from "../task-failed";

/** The cluster stayed away for longer than a task waits. */
export function clusterLost(what: string, waitedMs: number, cause: Failure): TaskFailed {
  return new TaskFailed(
    {
      code: "engine_unavailable",
      message: `${what} for ${Math.max(1, Math.round(waitedMs / 60_000))} min.`,
      hint: cause.hint ?? "The status page shows whether it is up; the cluster's log says why not.",
      detail: cause.message,
    },
    "lost",
  );
}
