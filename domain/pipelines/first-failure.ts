import type { RunError } from "./run-view";

type Ended = {
  taskId: string;
  status: string;
  because: string | null;
  endedAt: Date | null;
  /** Of its last attempt. */
  error: RunError | null;
};

const DIED: RunError = {
  code: "internal",
  message: "A fault inside Benchwright ended this run.",
  hint: "The worker's log says more. Rerun what did not succeed.",
  detail: null,
};
const OUT_OF_TIME: RunError = {
  code: "timed_out",
  message: "The pipeline took longer than its timeout, before all of its tasks had begun.",
  hint: "Raise the timeout, or do less.",
  detail: null,
};

/**
 * What a failed run shows as its error: that of the task that failed first. A map shows what its first failed child
 * showed. Where no task has an error, the reason is the pipeline's timeout, or a fault of the app.
 */
export function firstFailure(tasks: readonly Ended[]): RunError {
  const errors = tasks
    .filter(({ status, error }) => status === "failed" && error !== null)
    .sort((a, b) => (a.endedAt?.getTime() ?? 0) - (b.endedAt?.getTime() ?? 0));
  const [first] = errors;
  if (first?.error != null) return first.error;
  return tasks.some(({ because }) => because === "out_of_time") ? OUT_OF_TIME : DIED;
}
