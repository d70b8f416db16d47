/** Lets so many streams run in this process at a time, and one of each table. */
export type SyncSlots = {
  /**
   * Waits for a place and returns how to give it back. Rejects with the reason of `signal` when that aborts first.
   * Whoever waits longest comes first among those whose table is free.
   */
  take(table: string, signal: AbortSignal): Promise<() => void>;
};

type Waiter = { table: string; admit(): void };

export function syncSlots(limit: number): SyncSlots {
  const held = new Set<string>();
  const waiting: Waiter[] = [];

  const admitNext = () => {
    while (held.size < limit) {
      const index = waiting.findIndex((each) => !held.has(each.table));
      const [next] = index < 0 ? [] : waiting.splice(index, 1);
      if (next === undefined) return;
      held.add(next.table);
      next.admit();
    }
  };

  return {
    take: (table, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const leave = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason as Error);
        };
        const waiter: Waiter = {
          table,
          admit() {
            signal.removeEventListener("abort", leave);
            let isHeld = true;
            resolve(() => {
              if (!isHeld) return;
              isHeld = false;
              held.delete(table);
              admitNext();
            });
          },
        };
        signal.addEventListener("abort", leave, { once: true });
        waiting.push(waiter);
        admitNext();
      }),
  };
}
