import type { RunActs } from "../pipelines/interpreter/run-acts";

export type DriverState = "unknown" | "queued" | "running" | "ended";

/** Starts and ends the workflows of pipeline runs; safe in any process. Failures: `engine_unavailable`. */
export interface RunDriverClient {
  /** Equal ids start once. */
  start(runId: string): Promise<void>;
  /** No further act of the run begins, and its pauses end. An act under way is ended by whoever does it. */
  cancel(runId: string): Promise<void>;
  /** `ended` however it ended; `unknown` where it was never started. */
  state(runId: string): Promise<DriverState>;
  close(): Promise<void>;
}

/** Carries pipeline runs through crashes: what was started is carried to its end by whoever serves next. */
export interface RunDriver extends RunDriverClient {
  /** Begins to carry runs; returns once it does. */
  serve(acts: RunActs): Promise<void>;
}
