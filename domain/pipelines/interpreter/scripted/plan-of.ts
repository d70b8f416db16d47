import type { PlanTask, RunPlan } from "../run-plan";

export type Sketch = Partial<Omit<PlanTask, "id">>;

/** A plan of tasks that are tried once, but for what is said of them. */
export const planOf = (tasks: Record<string, Sketch>, rest: Partial<RunPlan> = {}): RunPlan => ({
  tasks: Object.entries(tasks).map(([id, sketch]) => ({
    id,
    dependsOn: [],
    runWhen: "all_succeeded",
    maxAttempts: 1,
    firstRetryMs: 1_000,
    backoff: 2,
    retriesOrdinary: true,
    onFailure: "retry_then_fail",
    kind: { is: "work" },
    isReused: false,
    ...sketch,
  })),
  maxActiveTasks: 4,
  timeoutMs: null,
  ...rest,
});

export const behind = (...dependsOn: string[]): Sketch => ({ dependsOn });
