export type Slots = {
  /** Waits for a free slot, first come first served; the result gives it back. */
  acquire(): Promise<() => void>;
};

/** `count` places for work that may run at one time. */
export function slots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];

  const releaseOnce = () => {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    };
  };

  return {
    acquire() {
      if (free > 0) {
        free--;
        return Promise.resolve(releaseOnce());
      }
      return new Promise((resolve) => waiting.push(() => resolve(releaseOnce())));
    },
  };
}
