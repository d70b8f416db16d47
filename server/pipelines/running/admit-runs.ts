import { setTimeout as sleep } from "node:timers/promises";
import type { RunDriverClient } from "../../../domain/ports/run-driver";
import type { Clock } from "../../../domain/shared/clock";
import type { AdmissionStore } from "./admission";
import type { ExecutionStore } from "./execution-store";

export type AdmissionSockets = {
  admission: AdmissionStore;
  store: Pick<ExecutionStore, "endRun">;
  driver: Pick<RunDriverClient, "start" | "state">;
  clock: Clock;
  /** How long at most until a run is seen without a nudge. */
  everyMs: number;
  report(error: unknown): void;
};

export type Admission = {
  /** Looks at once. */
  nudge(): void;
  /** Lets runs in until `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
  /** Looks after runs that were let in: starts what a crash kept from its driver, ends what its driver lost. */
  sweep(): Promise<void>;
};

/** A run that its driver carries is looked at again after so long: only a fault of the driver loses one. */
const LOOK_AGAIN_MS = 15 * 60_000;

const STARTS_AT_ONCE = 16;

const DIED = {
  code: "internal",
  message: "A fault inside Benchwright ended this run.",
  hint: "The worker's log says more. Rerun what did not succeed.",
  detail: null,
};

export function admission({
  admission: rows,
  store,
  driver,
  clock,
  everyMs,
  report,
}: AdmissionSockets): Admission {
  /** When a run that is under way is worth a look, in milliseconds since 1970. */
  const lookAt = new Map<string, number>();
  let isNudged = false;
  let wake: () => void = () => undefined;

  async function start(runId: string): Promise<void> {
    await driver.start(runId);
    lookAt.set(runId, clock.now().getTime() + LOOK_AGAIN_MS);
  }

  async function round(): Promise<void> {
    const admitted = await rows.admit(clock.now());
    // A few at a time, or a large round waits in vain for places in the driver's pool. What cannot be started now is
    // started by the sweep.
    const left = admitted.values();
    const starter = async () => {
      for (const runId of left) await start(runId).catch(report);
    };
    await Promise.all(Array.from({ length: STARTS_AT_ONCE }, starter));
  }

  async function lookAfter(runId: string): Promise<void> {
    const state = await driver.state(runId);
    if (state === "unknown") await start(runId);
    else if (state === "ended")
      await store.endRun(runId, { status: "failed", error: DIED, warning: null }, clock.now());
    else lookAt.set(runId, clock.now().getTime() + LOOK_AGAIN_MS);
  }

  return {
    nudge() {
      isNudged = true;
      wake();
    },

    async run(signal) {
      signal.addEventListener("abort", () => wake(), { once: true });
      while (!signal.aborted) {
        isNudged = false;
        await round().catch(report);
        if (isNudged || signal.aborted) continue;
        const over = new AbortController();
        wake = () => over.abort();
        await sleep(everyMs, undefined, { signal: over.signal }).catch(() => undefined);
      }
    },

    async sweep() {
      const running = await rows.runningRuns();
      const ids = new Set(running.map(({ id }) => id));
      for (const id of lookAt.keys()) if (!ids.has(id)) lookAt.delete(id);
      const now = clock.now().getTime();
      for (const { id } of running) {
        if ((lookAt.get(id) ?? 0) <= now) await lookAfter(id).catch(report);
      }
    },
  };
}
