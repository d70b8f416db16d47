import { randomUUID } from "node:crypto";

/** Runs of tasks one behind the other, kept nowhere. `acts` do `work` for each task; `over` says that a run has ended. */
export function chainOfTasks(work) {
  const lengths = new Map();
  const waiting = new Map();
  const over = (id) => waiting.get(id)?.();
  return {
    lengths,
    waiting,
    over,
    acts: {
      begin: async (id) => ({ plan: planOf(lengths.get(id)), startedAtMs: Date.now() }),
      async attempt() {
        await work();
        return { outcome: { status: "succeeded" }, endedAtMs: Date.now() };
      },
      pause: async () => {},
      rollBack: async () => {},
      endTasks: async () => {},
      endRun: async (id) => over(id),
    },
  };
}

const planOf = (count) => ({
  tasks: Array.from({ length: count }, (_, index) => ({
    id: `step-${index}`,
    dependsOn: index === 0 ? [] : [`step-${index - 1}`],
    runWhen: "all_succeeded",
    maxAttempts: 1,
    firstRetryMs: 1_000,
    backoff: 2,
    retriesOrdinary: false,
    onFailure: "retry_then_fail",
    kind: { is: "work" },
    isReused: false,
  })),
  maxActiveTasks: 4,
  timeoutMs: null,
});

/** Milliseconds from `start` until the last step is recorded; then waits, untimed, until `ended` says that it is over. */
export async function timedRun(chain, count, start, ended) {
  const id = randomUUID();
  chain.lengths.set(id, count);
  const done = new Promise((resolve) => chain.waiting.set(id, resolve));
  const from = performance.now();
  await start(id);
  await done;
  const ms = performance.now() - from;
  for (let look = 0; look < 400; look += 1) {
    if (await ended(id)) return ms;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the run did not end within 10 s of its last step");
}
