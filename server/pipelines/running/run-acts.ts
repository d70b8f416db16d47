import type { RunActs } from "../../../domain/pipelines/interpreter/run-acts";
import { type AttemptSockets, carryAttempt } from "./carry-attempt";
import type { TaskOutputs } from "./execution-store";
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
      for (const { task, status } of tasks) {
        const isMap = facts !== null && taskOf(facts.document, task)?.type === "map";
        if (isMap && status === "succeeded") await gatherResults(sockets, runId, task);
      }
      await store.endTasks(runId, tasks, clock.now());
    },

    endRun: (runId, status, warning) => store.endRun(runId, { status, error: null, warning }, clock.now()),
  };
}

/** What the children of a map gave, in their order, for the tasks behind it. */
async function gatherResults({ store }: AttemptSockets, runId: string, taskId: string): Promise<void> {
  const children = await store.childOutputs(runId, taskId);
  const results = children.map(({ values, metrics }) => values ?? metrics ?? null);
  const own: TaskOutputs = (await store.outputs(runId, [taskId])).get(taskId) ?? {};
  await store.setOutputs(runId, taskId, { ...own, values: { results } });
}
