import type { AttemptOutcome, RunEnd, SkipReason } from "./run-event";
import type { RunPlan } from "./run-plan";

export type EndedTask = {
  task: string;
  status: "succeeded" | "failed" | "skipped";
  because?: SkipReason;
};

/**
 * What a run does to the world. The engine that carries a run calls these and records their JSON answers; after a crash
 * it calls again what has no recorded answer, so each of them, repeated with equal arguments, has the effect of one call.
 * Once a run is final in the store they change nothing and say `cancelled`.
 */
export interface RunActs {
  /** Marks the run as running. Null where there is nothing to do: it has ended or does not exist. */
  begin(runId: string): Promise<{ plan: RunPlan; startedAtMs: number } | null>;
  /**
   * One attempt at one task, or at a map's child, from its start to its end. It waits for a slot where there is a limit,
   * and ends at the task's and at the run's deadline. Never throws for what the task does wrong. What it gave is there
   * for the attempts behind it as soon as it returns: they may begin before `endTasks` has told that this task ended.
   */
  attempt(
    runId: string,
    task: string,
    attempt: number,
  ): Promise<{ outcome: AttemptOutcome; endedAtMs: number }>;
  /** Says that the task pauses before its next attempt. */
  pause(runId: string, task: string, attempt: number, ms: number): Promise<void>;
  /** Puts back what the task changed in this run; of a map, what its children changed. */
  rollBack(runId: string, task: string): Promise<void>;
  /**
   * Calls in a run may overlap, each with other tasks; all have returned before `endRun`. At most 1,000 tasks in one call.
   */
  endTasks(runId: string, tasks: readonly EndedTask[]): Promise<void>;
  endRun(runId: string, status: RunEnd, warning: string | null): Promise<void>;
}

/** The acts as engines record them: the ends of the tasks before go with an attempt, and cost no record of their own. */
export interface DrivenActs extends Omit<RunActs, "attempt"> {
  tellAndAttempt(
    runId: string,
    task: string,
    attempt: number,
    ended: readonly EndedTask[],
  ): Promise<{ outcome: AttemptOutcome; endedAtMs: number }>;
}
