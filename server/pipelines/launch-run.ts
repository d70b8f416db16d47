import { z } from "zod";
import { RunStatus } from "../../domain/shared/run-status";
import type { NewRun, PipelineStore } from "./run-store";

/** `id` and `status` of a run that was asked for. */
export const StartedRun = z.object({ id: z.string(), status: RunStatus });
export type StartedRun = z.infer<typeof StartedRun>;

/** Stores the run. The worker lets it in as soon as its pipeline has room. */
export async function launchRun(
  { store }: { store: Pick<PipelineStore, "createRun"> },
  run: NewRun,
): Promise<StartedRun> {
  await store.createRun(run);
  return { id: run.id, status: "queued" };
}
