/** What becomes of a run whose task failed for good. */
export type FailurePolicy = "retry_then_fail" | "skip_deployment_keep_current" | "rollback_to_previous";

/** When a task starts: once all that it depends on succeeded, or once all of it ended, however. */
export type RunWhen = "all_succeeded" | "all_ended";

export type PlanTask = {
  id: string;
  dependsOn: readonly string[];
  runWhen: RunWhen;
  /** The first try counts. */
  maxAttempts: number;
  /** Milliseconds before the second attempt; each later wait is `backoff` times the one before. */
  firstRetryMs: number;
  backoff: number;
  /** Whether an ordinary failure is tried again; a lost engine always is. */
  retriesOrdinary: boolean;
  onFailure: FailurePolicy;
  /**
   * `work` is one attempt; `branch` chooses among the tasks behind it; `map` expands into one child a list's item, with
   * at most `maxParallel` at the same time.
   */
  kind: { is: "work" } | { is: "branch" } | { is: "map"; maxParallel: number };
  /** Taken over from another run: it counts as succeeded and is never attempted. */
  isReused: boolean;
  /** Of a branch that is taken over: what it chose then. Without it, all behind it go on. */
  chosen?: readonly string[];
};

/** What the interpreter knows of a pipeline. It holds nothing of what the tasks do. */
export type RunPlan = {
  tasks: readonly PlanTask[];
  /** Tasks, children of maps among them, at the same time. */
  maxActiveTasks: number;
  /** Milliseconds from the run's start to its end; null for no limit. */
  timeoutMs: number | null;
};

/** The id of a map's child: `score[3]`. */
export const childId = (taskId: string, index: number): string => `${taskId}[${index}]`;
