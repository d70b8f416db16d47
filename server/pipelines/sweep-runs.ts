import type { WorkflowClient } from "../../domain/ports/workflow-runner";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { RUN_PIPELINE } from "./run-pipeline";
import type { PipelineStore } from "./run-store";

/**
 * Starts the workflow of every unfinished run that has none, which a crash between the two writes can leave behind, and
 * ends runs whose workflow died without a word.
 */
export async function sweepRuns({
  store,
  workflows,
  clock,
}: {
  store: Pick<PipelineStore, "unfinishedRuns" | "endRun" | "status">;
  workflows: Pick<WorkflowClient, "start" | "state">;
  clock: Clock;
}): Promise<void> {
  for (const runId of await store.unfinishedRuns()) {
    const state = await workflows.state(runId).catch((error: unknown) => {
      if (error instanceof Failure && error.code === "not_found") return null;
      throw error;
    });
    if (state === null) await workflows.start(RUN_PIPELINE, runId, { runId });
    else if (state.status === "failed" || state.status === "cancelled") {
      await store.endRun(
        runId,
        "failed",
        {
          code: "internal",
          message: "A fault inside Benchwright ended this run.",
          hint: "The worker's log says more. Rerun what did not succeed.",
          detail: null,
        },
        clock.now(),
      );
    }
  }
}
