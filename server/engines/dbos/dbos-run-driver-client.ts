import type { DriverState, RunDriverClient } from "../../../domain/ports/run-driver";
import type { WorkflowClient } from "../../../domain/ports/workflow-runner";
import { Failure } from "../../../domain/shared/failure";

/** The workflow that carries a run; its id is the run's. */
export const CARRY_RUN = "carry-run";

/** Starts runs through DBOS's queue; the process that serves takes them from there. `workflows` stays its owner's to close. */
export function dbosRunDriverClient(
  workflows: Pick<WorkflowClient, "start" | "cancel" | "state">,
): RunDriverClient {
  return {
    start: (runId) => workflows.start(CARRY_RUN, runId, runId),
    cancel: (runId) => workflows.cancel(runId),
    async state(runId): Promise<DriverState> {
      try {
        const { status } = await workflows.state(runId);
        return status === "queued" || status === "running" ? status : "ended";
      } catch (error) {
        if (error instanceof Failure && error.code === "not_found") return "unknown";
        throw error;
      }
    },
    close: async () => {},
  };
}
