import type { RunActs } from "../../../domain/pipelines/interpreter/run-acts";
import { type AttemptSockets, carryAttempt } from "./carry-attempt";
import type { RunFacts } from "./execution-store";
import { givenOutputs } from "./given-outputs";
import { planOfRun } from "./plan-of-run";
import { rollBackTask } from "./roll-back-task";
import { taskOf } from "./task-of";

/** What runs do to the world, over a store in which a repeated act finds that it was done. */
export function runActs(sockets: AttemptSockets): RunActs {
  const { store, clock } = sockets;
  return {
    begin: async (runId) => {
      const begun = await store.beginRun(runId, clock.now());
      if (begun === null) return null;
      const { facts, startedAt, reused } = begun;
      return { plan: planOfRun(facts.document, reused), startedAtMs: startedAt.getTime() };
    },

    attempt: (runId, taskId, attempt) => carryAttempt(sockets, { runId, taskId, attempt }),

    pause: (runId, task) => store.pauseTask(runId, task),

    rollBack: (runId, task) => rollBackTask(sockets, runId, task),

    endTasks: async (runId, tasks) => {
      const facts = await store.facts(runId);
      if (facts === null) return;
      const isMap = (task: string) => taskOf(facts.document, task)?.type === "map";
      for (const { task, status } of tasks) {
        if (status === "succeeded" && isMap(task)) await gatherResults(sockets, facts, task);
      }
      // An attempt that succeeds has ended its task, but for a map's.
      const open = tasks.filter(({ task, status }) => status !== "succeeded" || isMap(task));
      if (open.length > 0) await store.endTasks(runId, open, clock.now());
    },

    endRun: (runId, status, warning) => store.endRun(runId, { status, error: null, warning }, clock.now()),
  };
}

/** Keeps what the children of a map gave with the map itself. */
async function gatherResults({ store }: AttemptSockets, facts: RunFacts, taskId: string): Promise<void> {
  const outputs = (await givenOutputs(store, facts, [taskId])).get(taskId);
  if (outputs !== undefined) await store.setOutputs(facts.id, taskId, outputs);
}
