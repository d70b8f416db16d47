import type { RunStatus } from "./run-status";

/** Whether work in this state goes on no more. */
export const isFinal = (status: RunStatus): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled" || status === "skipped";
