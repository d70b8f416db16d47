import { z } from "zod";
import type { WorkflowClient } from "../../domain/ports/workflow-runner";
import { Failure } from "../../domain/shared/failure";
import { RunStatus } from "../../domain/shared/run-status";
import { RUN_PIPELINE } from "./run-pipeline";
import type { NewRun, PipelineStore } from "./run-store";

/** `id` and `status` of a run that was asked for. */
export const StartedRun = z.object({ id: z.string(), status: RunStatus });
export type StartedRun = z.infer<typeof StartedRun>;

/** Stores the run, then its workflow. A run that is stored is never lost: the worker starts what was not started here. */
export async function launchRun(
  { store, workflows }: { store: PipelineStore; workflows: Pick<WorkflowClient, "start"> },
  run: NewRun,
): Promise<StartedRun> {
  await store.createRun(run);
  try {
    await workflows.start(RUN_PIPELINE, run.id, { runId: run.id });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "engine_unavailable") throw error;
  }
  return { id: run.id, status: "queued" };
}
