import type { DrivenActs, EndedTask, RunActs } from "./run-acts";

/** The acts of a run as a driver asks for them. What ended is told beside the attempt, not before it. */
export function drivenActs(acts: RunActs): DrivenActs {
  const told = async (runId: string, ended: readonly EndedTask[]): Promise<unknown> => {
    try {
      if (ended.length > 0) await acts.endTasks(runId, ended);
      return null;
    } catch (error) {
      return { error };
    }
  };
  return {
    begin: (runId) => acts.begin(runId),
    async tellAndAttempt(runId, task, attempt, ended) {
      const telling = told(runId, ended);
      const answer = await acts.attempt(runId, task, attempt);
      const refusal = (await telling) as { error: unknown } | null;
      // Both are repeated then: an attempt that is over gives its answer again.
      if (refusal !== null) throw refusal.error;
      return answer;
    },
    pause: (runId, task, attempt, ms) => acts.pause(runId, task, attempt, ms),
    rollBack: (runId, task) => acts.rollBack(runId, task),
    endTasks: (runId, tasks) => acts.endTasks(runId, tasks),
    endRun: (runId, status, warning) => acts.endRun(runId, status, warning),
  };
}
