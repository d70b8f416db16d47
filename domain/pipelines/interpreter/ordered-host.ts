import type { RunHost } from "./run-host";

export type StepEngine = {
  /** Names of the steps of this run whose answers are recorded, in any order. */
  recorded: readonly string[];
  /**
   * Takes the next step's place at once, runs it or gives its recorded answer. It rejects where the engine ends the run.
   */
  step(name: string, act: () => Promise<unknown>): Promise<unknown>;
  /** Calls back after so many milliseconds, unless what it returns is called before. */
  wake(ms: number, call: () => void): () => void;
  now(): number;
};

/**
 * A host over an engine that knows steps by the order in which they begin, and records nothing but their answers. What
 * begins depends on the order in which the run learnt of answers and of timers, so each step's name carries that order:
 * `attempt 1 load <4:2,5` is the step's key, and says that before it, after the first 4, numbers 2 and 5 were learnt.
 * The names of what was recorded give the whole order back up to the last recorded step, and the run repeats itself. A
 * name carries only what no step before it, which is recorded for certain, carries already.
 */
export function orderedHost(engine: StepEngine): RunHost & { close(): void } {
  const before = learntBefore(engine.recorded);
  const keys: string[] = [];
  const learnt: number[] = [];
  /** How much was learnt when each act began, by number. */
  const learntAtStart = new Map<number, number>();
  let carried = 0;
  const arrived = new Map<number, unknown>();
  const timers = new Map<number, (() => void) | null>();
  let waiting: { resolve(): void; reject(error: unknown): void } | null = null;
  let refusal: { error: unknown } | null = null;

  const arrive = (number: number, answer: unknown) => {
    arrived.set(number, answer);
    waiting?.resolve();
  };
  const refuse = (error: unknown) => {
    refusal ??= { error };
    waiting?.reject(error);
  };
  /** The number of what comes next, if it is there. */
  const ready = (): number | null => {
    const expected = before[learnt.length];
    if (expected === undefined) return arrived.keys().next().value ?? null;
    if (timers.has(expected)) {
      timers.get(expected)?.();
      arrived.set(expected, null);
    }
    return arrived.has(expected) ? expected : null;
  };
  const learn = (number: number) => {
    const answer = arrived.get(number);
    arrived.delete(number);
    timers.delete(number);
    carried = Math.max(carried, learntAtStart.get(number) ?? 0);
    learntAtStart.delete(number);
    learnt.push(number);
    return { key: keys[number] ?? "", answer };
  };

  return {
    begin(key, act) {
      const number = keys.push(key) - 1;
      learntAtStart.set(number, learnt.length);
      const name = `${key} <${carried}:${learnt.slice(carried).join(",")}`;
      engine.step(name, act).then((answer) => arrive(number, answer), refuse);
    },

    timer(key, ms, dueAtMs) {
      const number = keys.push(key) - 1;
      const leftMs = Math.max(0, Math.min(ms, dueAtMs - engine.now()));
      timers.set(
        number,
        engine.wake(leftMs, () => arrive(number, null)),
      );
    },

    async next() {
      for (;;) {
        if (refusal !== null) throw refusal.error;
        const number = ready();
        if (number !== null) return learn(number);
        await new Promise<void>((resolve, reject) => {
          waiting = { resolve, reject };
        });
      }
    },

    close() {
      for (const drop of timers.values()) drop?.();
    },
  };
}

/** The numbers that were learnt before the last recorded step began, in their order. */
function learntBefore(names: readonly string[]): number[] {
  const order: number[] = [];
  for (const name of names) {
    const [, from, list] = /<(\d+):([\d,]*)$/.exec(name) ?? [];
    if (from === undefined || list === undefined)
      throw new Error(`The step "${name}" has no place in its run.`);
    for (const [index, number] of list.split(",").filter(Boolean).entries())
      order[Number(from) + index] = Number(number);
  }
  if (order.includes(undefined as never)) throw new Error("The order of what the run learnt has a gap.");
  return order;
}
