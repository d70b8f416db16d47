import { setTimeout as sleep } from "node:timers/promises";
import { firstError } from "../../../domain/pipelines/first-error";
import type { JobRunner, JobState } from "../../../domain/ports/job-runner";
import { Failure } from "../../../domain/shared/failure";
import { maskSecrets } from "../../../domain/sources/mask-secrets";
import { logSink } from "../log-sink";
import type { TaskSockets, TaskWork } from "../task-executor";
import { TaskFailed } from "../task-failed";
import { clusterLost } from "./cluster-lost";

const FINAL = new Set<JobState["status"]>(["succeeded", "failed", "cancelled"]);
/** The exit code by which a job says that its attempt has begun before, as `jobs/workbench_jobs` does. */
const BEGUN_BEFORE = 95;
/** Tries at the log of a job that has ended; its outcome counts without it. */
const MOST_TAILS_AFTER_END = 3;

/** `hidden`: texts that must not be stored or shown. */
type FollowedJob = { jobId: string; hidden: readonly string[] };

/**
 * Keeps the job's log and returns when it has succeeded. When `signal` aborts, the job is stopped. A job that wrote its
 * result has succeeded, even if the cluster no longer knows it.
 */
export async function followJob(
  jobRunner: JobRunner,
  { jobId, hidden }: FollowedJob,
  work: TaskWork,
  sockets: TaskSockets,
  signal: AbortSignal,
): Promise<void> {
  try {
    const state = await untilEnded(jobRunner, { jobId, hidden }, work, sockets, signal);
    if (state?.status === "succeeded" || (await hasResult(work, sockets))) return;
    if (state === null) throw forgotten(jobId);
    throw state.exitCode === BEGUN_BEFORE ? begunBefore(jobId) : await failed(state, hidden, work, sockets);
  } finally {
    if (signal.aborted) await jobRunner.stop(jobId).catch(() => undefined);
  }
}

/** The job's last state; null where the cluster does not know it. */
async function untilEnded(
  jobRunner: JobRunner,
  { jobId, hidden }: FollowedJob,
  work: TaskWork,
  sockets: TaskSockets,
  signal: AbortSignal,
): Promise<JobState | null> {
  let tailsAfterEnd = 0;
  let wholeLog = false;
  const tell = teller(work.progress);
  for (;;) {
    const state = await stateOnceBack(jobRunner, jobId, tell.away, sockets, signal);
    if (state === null) return null;
    tell.back(state);
    const ended = FINAL.has(state.status);
    if (ended && (wholeLog || tailsAfterEnd >= MOST_TAILS_AFTER_END)) return state;
    if (ended) tailsAfterEnd += 1;
    if (state.status !== "queued") wholeLog = await tail(jobRunner, { jobId, hidden }, work, sockets, signal);
    if (!wholeLog && !ended) await sleep(sockets.jobs.pollMs, undefined, { signal });
  }
}

/** Says how the job stands, each time once. What the job's log says of its progress comes after it. */
function teller(progress: (text: string) => void) {
  let said = "";
  const say = (text: string) => {
    if (text !== said) progress(text);
    said = text;
  };
  return {
    away: () => say("waiting for the cluster"),
    back: ({ status }: JobState) => {
      if (status === "running") say("running on the cluster");
    },
  };
}

/** The state, waiting for a cluster that is `away`, which is told each time it is asked in vain. */
async function stateOnceBack(
  jobRunner: JobRunner,
  jobId: string,
  away: () => void,
  { jobs: { clusterWaitMs, pollMs } }: TaskSockets,
  signal: AbortSignal,
): Promise<JobState | null> {
  const giveUpAt = performance.now() + clusterWaitMs;
  for (;;) {
    signal.throwIfAborted();
    const state = await stateOf(jobRunner, jobId);
    if (!(state instanceof Failure)) return state;
    if (performance.now() > giveUpAt)
      throw clusterLost("The Ray cluster has been away", clusterWaitMs, state);
    away();
    await sleep(Math.min(1_000, pollMs * 4), undefined, { signal });
  }
}

async function stateOf(jobRunner: JobRunner, jobId: string): Promise<JobState | null | Failure> {
  try {
    return await jobRunner.state(jobId);
  } catch (error) {
    if (error instanceof Failure && error.code === "not_found") return null;
    if (error instanceof Failure && error.code === "engine_unavailable") return error;
    throw error;
  }
}

/** Stores the log while the job runs. True where it was read to its end. */
async function tail(
  jobRunner: JobRunner,
  { jobId, hidden }: FollowedJob,
  work: TaskWork,
  sockets: TaskSockets,
  signal: AbortSignal,
): Promise<boolean> {
  const sink = await logSink(sockets.store, sockets.clock, {
    key: work.key,
    hidden,
    progress: work.progress,
  });
  let whole = false;
  try {
    for await (const text of jobRunner.tailLogs(jobId, signal)) sink.write(text);
    // A head that shuts down may end the stream politely in the middle of a job.
    const state = await stateOf(jobRunner, jobId);
    whole = state !== null && !(state instanceof Failure) && FINAL.has(state.status);
  } catch (error) {
    if (!(error instanceof Failure) && !signal.aborted) throw error;
  } finally {
    // A tail that broke off may have cut a line in two; what came after its last line end is read again.
    await sink.close(whole);
  }
  return whole;
}

const hasResult = async ({ key }: TaskWork, { jobFiles }: TaskSockets): Promise<boolean> =>
  (await jobFiles.read(jobFiles.resultUri(key))) !== null;

const forgotten = (jobId: string): TaskFailed =>
  lost("The Ray cluster no longer knows this job: it was restarted while the job ran.", jobId);

/** The cluster that took the job died before its answer was kept, and the next one was asked to begin the job again. */
const begunBefore = (jobId: string): TaskFailed =>
  lost(
    "The Ray cluster was restarted just after this job had begun, and a job begins once in an attempt.",
    jobId,
  );

const lost = (message: string, jobId: string): TaskFailed =>
  new TaskFailed(
    {
      code: "engine_failed",
      message,
      hint: "The task is tried again on the new cluster; where its attempts are used up, rerun from this task.",
      detail: `Job ${jobId}`,
    },
    "lost",
  );

/** The script's own first error where its log shows one, the cluster's message otherwise. */
async function failed(
  state: JobState,
  hidden: readonly string[],
  work: TaskWork,
  { store }: TaskSockets,
): Promise<TaskFailed> {
  if (state.status === "cancelled") {
    return new TaskFailed(
      {
        code: "cancelled",
        message: "The job was stopped on the cluster.",
        hint: "Rerun from this task.",
        detail: null,
      },
      "final",
    );
  }
  const found = firstError(await store.errorTexts(work.key));
  const told = maskSecrets(state.message, hidden);
  const message = found?.message ?? firstLine(told) ?? "The job failed.";
  return new TaskFailed({
    code: "engine_failed",
    message,
    hint: null,
    detail: found?.detail ?? (told || null),
  });
}

const firstLine = (text: string): string | undefined =>
  text
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "");
