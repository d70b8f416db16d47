import { setTimeout as sleep } from "node:timers/promises";
import type { JobRunner, JobSubmission } from "../../../domain/ports/job-runner";
import { Failure } from "../../../domain/shared/failure";
import type { JobSettings, TaskWork } from "../task-executor";
import { clusterLost } from "./cluster-lost";

/** Submits, and waits for a cluster that does not answer yet: a local one comes up behind the page. */
export async function submitJob(
  jobRunner: JobRunner,
  job: JobSubmission,
  work: TaskWork,
  { clusterWaitMs, pollMs }: JobSettings,
  signal: AbortSignal,
): Promise<void> {
  const giveUpAt = performance.now() + clusterWaitMs;
  let told = false;
  for (;;) {
    signal.throwIfAborted();
    try {
      await jobRunner.submit(job);
      break;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "engine_unavailable") throw error;
      if (performance.now() > giveUpAt)
        throw clusterLost("The Ray cluster did not answer", clusterWaitMs, error);
    }
    if (!told) work.progress("waiting for the cluster");
    told = true;
    await sleep(Math.min(1_000, pollMs * 4), undefined, { signal });
  }
  if (signal.aborted) await jobRunner.stop(job.id).catch(() => undefined);
  signal.throwIfAborted();
  work.progress("submitted to the cluster");
}
