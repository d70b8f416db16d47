import { DBOS, Error as DbosErrors } from "@dbos-inc/dbos-sdk";
import { driveRun } from "../../../domain/pipelines/interpreter/drive-run";
import { drivenActs } from "../../../domain/pipelines/interpreter/driven-acts";
import { type Numbered, orderedHost } from "../../../domain/pipelines/interpreter/ordered-host";
import type { RunActs } from "../../../domain/pipelines/interpreter/run-acts";
import type { RunDriver } from "../../../domain/ports/run-driver";
import type { WorkflowRunner } from "../../../domain/ports/workflow-runner";
import { CARRY_RUN, dbosRunDriverClient } from "./dbos-run-driver-client";
import type { DbosProcess } from "./dbos-workflow-runner";

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;
/** The longest that a timer of Node takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Carries runs with the DBOS of this process, one workflow a run and one step an act. Make it before `runner` is launched;
 * `serve` launches it, if nobody did. An act that throws is repeated until it answers; `report` is told of each time. `runner`
 * stays its owner's to close.
 */
export function dbosRunDriver(
  runner: WorkflowRunner & DbosProcess,
  { report }: { report(error: unknown): void },
): RunDriver {
  const client = dbosRunDriverClient(runner);
  let serve: (acts: RunActs) => void = () => {};
  const serving = new Promise<RunActs>((resolve) => {
    serve = resolve;
  });
  const carried = new Map<string, () => void>();

  const carry = async (runId: string) => {
    const acts = await serving;
    const steps = await runner.recordedSteps(runId);
    const cancelled = new Promise<never>((_, reject) => {
      carried.set(runId, () => reject(new DbosErrors.DBOSWorkflowCancelledError(runId)));
    });
    const host = orderedHost({
      recorded: steps.map(({ name, output }) => ({ name, answer: output as Numbered })),
      step: (name, act) =>
        DBOS.runStep(() => insist(act, runner.closing, report), { name, retriesAllowed: false }),
      sleep,
      now: Date.now,
    });
    try {
      await Promise.race([driveRun(host, drivenActs(acts), runId), cancelled]);
    } catch (error) {
      // What fails of the closing is no end of the run: the next process goes on.
      if (runner.closing.aborted) await never();
      // Nobody waits for the workflow's outcome: what became of the run is seen by its state.
      if (!(error instanceof DbosErrors.DBOSWorkflowCancelledError)) report(error);
      throw error;
    } finally {
      host.close();
      carried.delete(runId);
    }
  };
  runner.registerBare(CARRY_RUN, carry);

  return {
    ...client,
    async start(runId) {
      if (!(await runner.startHere(CARRY_RUN, runId))) await client.start(runId);
    },
    async cancel(runId) {
      await client.cancel(runId);
      carried.get(runId)?.();
    },
    // Of what this process carries nobody needs to be asked.
    state: async (runId) => (carried.has(runId) ? "running" : await client.state(runId)),
    async serve(acts) {
      serve(acts);
      await runner.launch();
    },
  };
}

async function insist<T>(
  act: () => Promise<T>,
  closing: AbortSignal,
  report: (error: unknown) => void,
): Promise<T> {
  for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(LONGEST_RETRY_MS, 2 * waitMs)) {
    try {
      const answer = await act();
      return closing.aborted ? await never() : answer;
    } catch (error) {
      // While the process closes, engines close beside it: what fails of that is no answer.
      if (closing.aborted) await never();
      report(error);
      await sleep(waitMs, closing);
    }
  }
}

const never = (): Promise<never> => new Promise(() => {});

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const until = performance.now() + ms;
    const next = () => {
      const leftMs = until - performance.now();
      if (leftMs <= 0) resolve();
      else timer = setTimeout(next, Math.min(leftMs, LONGEST_TIMER_MS));
    };
    let timer: NodeJS.Timeout | undefined;
    if (signal.aborted) return;
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    next();
  });
}
