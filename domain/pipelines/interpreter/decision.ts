import type { RunEnd, SkipReason } from "./run-event";

/** What is to be done next in a run. */
export type Decision =
  | { do: "attempt"; task: string; attempt: number }
  /** Wait, then decide anew: the pause before the attempt after `attempt`. */
  | { do: "wait"; task: string; attempt: number; ms: number }
  | { do: "roll_back"; task: string }
  | { do: "end_task"; task: string; status: "succeeded" | "failed" | "skipped"; because?: SkipReason }
  | { do: "end_run"; status: RunEnd; warning: string | null };
