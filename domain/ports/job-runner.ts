export type JobStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled";

export type JobSubmission = {
  /** Chosen by the caller; submitting the same id twice runs it once. Letters, digits, `-`, `_`. */
  id: string;
  /** Shell command, run in the folder of the package. */
  entrypoint: string;
  /** Raw bytes of a zip with the job code at its root. */
  package: Uint8Array;
  env: Record<string, string>;
  metadata: Record<string, string>;
  /** What the command itself is given of the cluster: it waits for that. Counts, and bytes of memory. */
  resources?: { cpus: number; gpus?: number; memoryBytes?: number };
};

export type JobState = {
  status: JobStatus;
  /** The runner's own message; for a failure its reason. */
  message: string;
  /** What the command exited with; null while it runs, and where the runner does not know. */
  exitCode: number | null;
  startedAt: Date | null;
  endedAt: Date | null;
};

/**
 * Runs user code on a cluster.
 *
 * Failures: `engine_unavailable` (retryable; the cluster does not answer), `not_found` (the cluster does not know the
 * id, for example after its restart), `engine_failed`.
 */
export interface JobRunner {
  /** Returns once the cluster has taken the job; a second call with the same id changes nothing. */
  submit(job: JobSubmission): Promise<void>;
  state(id: string): Promise<JobState>;
  /** Log text as it appears, from the job's beginning, until the job has ended. Leaving early closes the tail, not the job. */
  tailLogs(id: string, signal: AbortSignal): AsyncIterable<string>;
  /** Asks the job to stop and returns; `state` tells when it has. Stopping an ended or unknown job does nothing. */
  stop(id: string): Promise<void>;
  health(): Promise<{ version: string; detail: string; cpus: number; memoryBytes: number }>;
}
