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
  /** After so long the driver is asked again about what it carries: only a fault loses one. */
  lookAgainMs: number;
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

/** What another process let in may become visible so long after its time. */
const OVERLAP_MS = 60_000;

const STARTS_AT_ONCE = 16;

const DIED = {
  code: "internal",
  message: "The run cannot go on: of a fault inside Benchwright, or as another version of it began the run.",
  hint: "The worker's log says more. Rerun what did not succeed.",
  detail: null,
};

export function admission({
  admission: rows,
  store,
  driver,
  clock,
  everyMs,
  lookAgainMs,
  report,
}: AdmissionSockets): Admission {
  /** Runs of which the driver said that it carries them, since the last look at all. */
  let carried = new Set<string>();
  /** Runs of which that is not known, as the driver did not answer: they are looked at in each sweep. */
  const doubtful = new Set<string>();
  let lookedAtMs = 0;
  let lookedAtAllMs = Number.NEGATIVE_INFINITY;
  let isNudged = false;
  let wake: () => void = () => undefined;

  async function start(runId: string): Promise<void> {
    doubtful.add(runId);
    await driver.start(runId);
    doubtful.delete(runId);
    carried.add(runId);
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
    doubtful.add(runId);
    const state = await driver.state(runId);
    if (state === "unknown") await start(runId);
    else if (state === "ended")
      await store.endRun(runId, { status: "failed", error: DIED, warning: null }, clock.now());
    else carried.add(runId);
    doubtful.delete(runId);
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
      const nowMs = clock.now().getTime();
      const isWhole = Math.abs(nowMs - lookedAtAllMs) >= lookAgainMs;
      const since = new Date(Math.min(nowMs, lookedAtMs) - OVERLAP_MS);
      const running = await rows.runningRuns(isWhole ? null : since);
      lookedAtMs = nowMs;
      if (isWhole) {
        lookedAtAllMs = nowMs;
        carried = new Set();
      }
      for (const runId of new Set([...running, ...doubtful])) {
        if (!carried.has(runId)) await lookAfter(runId).catch(report);
      }
    },
  };
}
