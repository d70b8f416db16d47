import type { JobRunner } from "../../../domain/ports/job-runner";
import type { RunDriverClient } from "../../../domain/ports/run-driver";
import type { Clock } from "../../../domain/shared/clock";
import { isFinal } from "../../../domain/shared/is-final";
import type { PipelineStore } from "../run-store";

export type EndSockets = {
  store: Pick<PipelineStore, "run" | "cancelRun">;
  runDriver: Pick<RunDriverClient, "cancel">;
  jobRunner: JobRunner | null;
  clock: Clock;
};

/** Cancels a run with all that it does. False where it had ended before. */
export async function endRunNow(
  { store, runDriver, jobRunner, clock }: EndSockets,
  runId: string,
  by: string,
): Promise<boolean> {
  const run = await store.run(runId);
  if (run === null || !(await store.cancelRun(runId, by, clock.now()))) return false;
  // The worker sees the run's state and ends its work too; asking from here works while the worker is down.
  const onCluster = run.tasks.filter(({ status, type }) => !isFinal(status) && type !== "sub_pipeline");
  const open = onCluster.flatMap(({ attempts }) => attempts);
  const jobs = open.flatMap(({ jobId, status }) => (jobId === null || isFinal(status) ? [] : [jobId]));
  await Promise.allSettled([runDriver.cancel(runId), ...jobs.map((jobId) => jobRunner?.stop(jobId))]);
  return true;
}
