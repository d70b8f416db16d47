export type RecordedStep = { functionID: number; name: string };

/**
 * DBOS knows a step by the order in which it began. Branches that run side by side begin their later steps in an
 * order that depends on time, so a resumed body could ask in another order than before the crash. This gate holds each
 * step back until its recorded turn. Steps without a record take the places that nothing was recorded for.
 *
 * `enter` calls `begin`, which must take the place synchronously.
 */
export function stepOrder(recorded: RecordedStep[]): {
  enter<T>(name: string, begin: () => Promise<T>): Promise<T>;
} {
  const nameAt = new Map(recorded.map((step) => [step.functionID, step.name]));
  const last = Math.max(-1, ...nameAt.keys());
  const unclaimed = new Map<string, number>();
  for (const { name } of recorded) unclaimed.set(name, (unclaimed.get(name) ?? 0) + 1);

  /** Waiting calls by name; those that have no record wait under null. */
  const waiting = new Map<string | null, (() => void)[]>();
  let next = 0;

  const advance = () => {
    for (;;) {
      const turn = next > last ? null : (nameAt.get(next) ?? null);
      const go = waiting.get(turn)?.shift();
      if (go === undefined) return;
      next++;
      go();
    }
  };

  return {
    enter(name, begin) {
      const left = unclaimed.get(name) ?? 0;
      if (left > 0) unclaimed.set(name, left - 1);
      const place = left > 0 ? name : null;
      return new Promise((resolve, reject) => {
        const calls = waiting.get(place) ?? [];
        calls.push(() => begin().then(resolve, reject));
        waiting.set(place, calls);
        advance();
      });
    },
  };
}
