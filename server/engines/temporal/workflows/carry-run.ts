import { ActivityCancellationType, proxyActivities, sleep } from "@temporalio/workflow";
import { driveRun } from "../../../../domain/pipelines/interpreter/drive-run";
import type { DrivenActs } from "../../../../domain/pipelines/interpreter/run-acts";
import type { RunHost } from "../../../../domain/pipelines/interpreter/run-host";

/** An attempt may take for weeks: it is lost where its process no longer says that it is there. */
const acts = proxyActivities<{ [Name in keyof DrivenActs]: DrivenActs[Name] }>({
  startToCloseTimeout: "365 days",
  heartbeatTimeout: "10 seconds",
  cancellationType: ActivityCancellationType.ABANDON,
  retry: { initialInterval: "100 milliseconds", backoffCoefficient: 2, maximumInterval: "30 seconds" },
});

/** Carries the run of this id. Temporal keeps the order of what ends, so nothing else is recorded. */
export async function carryRun(runId: string): Promise<void> {
  await driveRun(workflowHost(), acts, runId);
}

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
