/** `held`: this tab has it until `lost` settles. `elsewhere`: another tab of this browser has it. */
export type LockState = { kind: "held"; lost: Promise<void> } | { kind: "elsewhere" };

/**
 * Takes a lock that one tab of the browser holds at a time, until the tab is closed or crashes. With `steal` it is taken
 * from who has it. Where the browser offers no locks (a page that is not served securely), the newest tab has it.
 */
export function holdLock(
  name: string,
  options: { steal?: boolean; signal: AbortSignal },
): Promise<LockState> {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (locks === undefined) return Promise.resolve({ kind: "held", lost: new Promise(() => undefined) });
  return new Promise((resolve, reject) => {
    const holding = locks.request(
      name,
      options.steal ? { steal: true } : { ifAvailable: true },
      (lock: Lock | null) => {
        if (lock === null) {
          resolve({ kind: "elsewhere" });
          return undefined;
        }
        resolve({ kind: "held", lost: holding.then(noop, noop) });
        return new Promise<void>((release) => {
          if (options.signal.aborted) release();
          options.signal.addEventListener("abort", () => release(), { once: true });
        });
      },
    );
    holding.catch(reject);
  });
}

const noop = () => undefined;
