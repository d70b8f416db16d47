import type { RunError } from "../run-view";

/** Why an attempt failed: by its own doing, because its engine was lost, or in a way that no repetition mends. */
export type FailureKind = "ordinary" | "lost" | "final";

export type AttemptOutcome =
  | {
      status: "succeeded";
      /** Of a branch: the tasks directly behind it that go on. */
      chosen?: readonly string[];
      /** Of a map: how many children it has. */
      items?: number;
    }
  | { status: "failed"; kind: FailureKind; error: RunError }
  | { status: "cancelled" };

/** Why a task was skipped. `sibling_failed` is a map's child that had not begun when another one failed for good. */
export type SkipReason = "not_chosen" | "upstream_failed" | "kept_current" | "out_of_time" | "sibling_failed";

/**
 * What happened in a run, in the order in which the driver learnt it. Times are milliseconds since 1970. It is JSON, and
 * the whole state of a run follows from its plan and these.
 */
export type RunEvent =
  | { type: "run_started"; atMs: number }
  | { type: "attempt_started"; task: string; attempt: number }
  | { type: "attempt_ended"; task: string; attempt: number; outcome: AttemptOutcome; atMs: number }
  | { type: "wait_started"; task: string; attempt: number }
  | { type: "wait_ended"; task: string; attempt: number }
  | { type: "roll_back_started"; task: string }
  | { type: "rolled_back"; task: string }
  | { type: "task_ended"; task: string; status: "succeeded" | "failed" | "skipped"; because?: SkipReason }
  | { type: "deadline_passed"; atMs: number }
  | { type: "run_cancelled" }
  | { type: "run_ended"; status: RunEnd; warning: string | null };

export type RunEnd = "succeeded" | "failed" | "cancelled";
