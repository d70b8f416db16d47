import type { RunHost } from "./run-host";

/** What the engine records for a step. */
export type Numbered = { order: number; answer: unknown };

export type StepEngine = {
  /** The steps of this run that are recorded, in any order. */
  recorded: readonly { name: string; answer: Numbered }[];
  /**
   * Takes the next step's place at once; runs it, or gives its recorded answer. It returns once the answer is recorded, and
   * rejects where the engine ends the run, or knows another step at this place.
   */
  step(name: string, act: () => Promise<Numbered>): Promise<Numbered>;
  /** Returns after so many milliseconds, or never once `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  now(): number;
};

/**
 * A host over an engine that knows steps by the order in which they begin, and records nothing but their answers. What
 * begins follows from the order in which the run learns of answers. So each answer, and each timer's end, is recorded with a
 * number that says when it came, and the run learns of them by their numbers: it never knows what a crash could take back,
 * and when it is resumed it learns of the same in the same order.
 */
export function orderedHost(engine: StepEngine): RunHost & { close(): void } {
  const before = engine.recorded.toSorted((a, b) => a.answer.order - b.answer.order);
  const closing = new AbortController();
  const begun = new Set<string>();
  const arrived = new Map<string, unknown>();
  /** The keys of what came in this life, by number. */
  const keyOf = new Map<number, string>();
  let learntBefore = 0;
  let nextToCome = (before.at(-1)?.answer.order ?? -1) + 1;
  let nextToLearn = nextToCome;
  let waiting: { resolve(): void; reject(error: unknown): void } | null = null;
  let refusal: { error: unknown } | null = null;

  const begin = (key: string, act: () => Promise<unknown>) => {
    begun.add(key);
    const numbered = async () => {
      const answer = await act();
      const order = nextToCome;
      nextToCome += 1;
      return { order, answer };
    };
    engine.step(key, numbered).then(
      ({ order, answer }) => {
        arrived.set(key, answer);
        keyOf.set(order, key);
        waiting?.resolve();
      },
      (error: unknown) => {
        refusal ??= { error };
        waiting?.reject(error);
      },
    );
  };

  /** The key that comes next, if it is there. */
  const take = (): string | null => {
    const key = before[learntBefore]?.name ?? keyOf.get(nextToLearn);
    if (key === undefined || !arrived.has(key)) return null;
    if (learntBefore < before.length) learntBefore += 1;
    else nextToLearn += 1;
    return key;
  };

  /** What was recorded follows from what is learnt by now: whoever recorded what was not begun decided otherwise. */
  const refuseUnknown = () => {
    const next = before[learntBefore]?.name;
    if (next === undefined || begun.has(next)) return;
    throw new Error(`What was kept of this run does not fit this version: it tells of "${next}".`);
  };

  return {
    begin,

    timer(key, ms, dueAtMs) {
      begin(key, async () => {
        const leftMs = Math.max(0, Math.min(ms, dueAtMs - engine.now()));
        await engine.sleep(leftMs, closing.signal);
        return null;
      });
    },

    async next() {
      for (;;) {
        if (refusal !== null) throw refusal.error;
        const key = take();
        if (key !== null) {
          const answer = arrived.get(key);
          arrived.delete(key);
          return { key, answer };
        }
        refuseUnknown();
        await new Promise<void>((resolve, reject) => {
          waiting = { resolve, reject };
        });
      }
    },

    close: () => closing.abort(),
  };
}
