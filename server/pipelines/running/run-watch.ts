import { setTimeout as sleep } from "node:timers/promises";
import type { RunStatus } from "../../../domain/shared/run-status";
import type { ExecutionStore } from "./execution-store";

/** Tells who asks when runs have ended: one question to the store for all of them, as often as `everyMs`. */
export type RunWatch = {
  /** Calls `onEnd` once when the run has ended; the function that it returns ends the watch. */
  watch(runId: string, onEnd: (status: RunStatus) => void): () => void;
  /** Rejects when `signal` aborts. */
  ended(runId: string, signal: AbortSignal): Promise<RunStatus>;
};

type Options = {
  store: Pick<ExecutionStore, "endedRuns">;
  everyMs: number;
  report(error: unknown): void;
};

export function runWatch({ store, everyMs, report }: Options): RunWatch {
  const watched = new Map<string, Set<(status: RunStatus) => void>>();
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (watched.size > 0) {
      await sleep(everyMs, undefined, { ref: false });
      const ended = await store.endedRuns([...watched.keys()]).catch((error: unknown) => {
        report(error);
        return new Map<string, RunStatus>();
      });
      for (const [runId, status] of ended) {
        const told = watched.get(runId) ?? [];
        watched.delete(runId);
        for (const onEnd of told) onEnd(status);
      }
    }
    isLooking = false;
  }

  const watch: RunWatch["watch"] = (runId, onEnd) => {
    const told = watched.get(runId) ?? new Set();
    told.add(onEnd);
    watched.set(runId, told);
    void look();
    return () => {
      told.delete(onEnd);
      if (told.size === 0 && watched.get(runId) === told) watched.delete(runId);
    };
  };

  return {
    watch,
    ended: (runId, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = watch(runId, (status) => {
          signal.removeEventListener("abort", onAbort);
          resolve(status);
        });
        const onAbort = () => {
          leave();
          reject(signal.reason as unknown);
        };
        signal.addEventListener("abort", onAbort, { once: true });
      }),
  };
}
