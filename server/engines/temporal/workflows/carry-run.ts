import {
  ActivityCancellationType,
  continueAsNew,
  patched,
  proxyActivities,
  sleep,
  workflowInfo,
} from "@temporalio/workflow";
import { driveRun } from "../../../../domain/pipelines/interpreter/drive-run";
import type { DrivenActs } from "../../../../domain/pipelines/interpreter/run-acts";
import type { RunHost } from "../../../../domain/pipelines/interpreter/run-host";
import type { RunSoFar } from "../../../../domain/pipelines/interpreter/run-so-far";

/** Temporal ends a workflow of 51,200 events or 50 MB. From here on a run goes on in a new one as soon as it can. */
const MANY_EVENTS = 8_000;
/** From so many times as much on, nothing begins before it does. */
const FAR_TOO_MANY = 4;
const MANY_BYTES = 8_000_000;

/** An attempt may take for weeks: it is lost where its process no longer says that it is there. */
const acts = proxyActivities<{ [Name in keyof DrivenActs]: DrivenActs[Name] }>({
  startToCloseTimeout: "365 days",
  heartbeatTimeout: "10 seconds",
  cancellationType: ActivityCancellationType.ABANDON,
  retry: { initialInterval: "100 milliseconds", backoffCoefficient: 2, maximumInterval: "30 seconds" },
});

/**
 * Carries the run of this id. Temporal keeps the order of what ends, so nothing else is recorded. A long run goes on in
 * further workflows of the same id, from `soFar` on.
 */
export async function carryRun(
  runId: string,
  soFar: RunSoFar | null = null,
  manyEvents = MANY_EVENTS,
): Promise<void> {
  // Workflows that an older version began are carried to their end in one piece, as their records have it.
  const mayRest = patched("rests");
  const rest = await driveRun(
    mayRest ? { ...workflowHost(), rest: wishOf(manyEvents) } : workflowHost(),
    acts,
    runId,
    soFar,
  );
  if (rest !== null) await continueAsNew<typeof carryRun>(runId, rest, manyEvents);
}

const wishOf = (manyEvents: number) => () => {
  const { historyLength, historySize } = workflowInfo();
  const share = Math.max(historyLength / manyEvents, historySize / MANY_BYTES);
  return share < 1 ? "no" : share < FAR_TOO_MANY ? "when_idle" : "soon";
};

function workflowHost(): RunHost {
  const arrived: { key: string; answer: unknown }[] = [];
  let waiting: { resolve(): void; reject(error: unknown): void } | null = null;
  let refusal: { error: unknown } | null = null;

  const follow = (key: string, ending: Promise<unknown>) => {
    ending.then(
      (answer) => {
        arrived.push({ key, answer });
        waiting?.resolve();
      },
      (error: unknown) => {
        refusal ??= { error };
        waiting?.reject(error);
      },
    );
  };

  return {
    begin: (key, act) => follow(key, act()),
    timer: (key, ms, dueAtMs) => follow(key, sleep(Math.max(1, Math.min(ms, dueAtMs - Date.now())))),
    async next() {
      for (;;) {
        if (refusal !== null) throw refusal.error;
        const first = arrived.shift();
        if (first !== undefined) return first;
        await new Promise<void>((resolve, reject) => {
          waiting = { resolve, reject };
        });
      }
    },
  };
}
