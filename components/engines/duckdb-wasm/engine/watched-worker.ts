/** What the worker says once it holds its lock. DuckDB's own messages are objects. */
const HELD = "held";

/** Holds a lock of the worker's own name until the worker is no more, and runs the script at `url` meanwhile. */
const source = (url: string): string => `
self.navigator.locks?.request(self.name, () => {
  self.postMessage(${JSON.stringify(HELD)});
  return new Promise(() => {});
}).catch(() => {});
importScripts(${JSON.stringify(url)});`;

/**
 * Starts the script at `url` (absolute) in a worker. `onGone` is called when the worker throws, and also when it ends without
 * a word, as one does that the browser takes down: its lock is free then. A worker that is only busy keeps it. Browsers give
 * locks to pages alone that are served securely; elsewhere a worker that ends without a word is not noticed.
 */
export function watchedWorker(url: string, onGone: () => void): Worker {
  const name = `duckdb ${Date.now()} ${Math.random()}`;
  const blob = URL.createObjectURL(new Blob([source(url)], { type: "text/javascript" }));
  const worker = new Worker(blob, { name });
  worker.addEventListener("message", () => URL.revokeObjectURL(blob), { once: true });
  worker.addEventListener("error", onGone);
  worker.addEventListener("message", (event) => {
    if (event.data !== HELD) return;
    event.stopImmediatePropagation();
    void navigator.locks.request(name, onGone).catch(() => {});
  });
  return worker;
}
