import { setTimeout as pause } from "node:timers/promises";

type Answer<T> = { askedAt: number; value: Promise<T | null> };

/**
 * Keeps what an engine said of each key for `freshMs`. Null where it failed, or did not answer within `patienceMs`: the
 * answer is kept all the same when it comes.
 */
export function remembered<T>(freshMs: number, patienceMs: number) {
  const answers = new WeakMap<object, Map<string, Answer<T>>>();
  return async (engine: object, key: string, now: Date, ask: () => Promise<T>): Promise<T | null> => {
    const known = answers.get(engine) ?? new Map<string, Answer<T>>();
    answers.set(engine, known);
    let answer = known.get(key);
    if (answer === undefined || now.getTime() - answer.askedAt > freshMs) {
      answer = { askedAt: now.getTime(), value: ask().catch(() => null) };
      known.set(key, answer);
    }
    return Promise.race([answer.value, pause(patienceMs, null, { ref: false })]);
  };
}
