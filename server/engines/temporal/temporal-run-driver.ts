import { setTimeout as sleep } from "node:timers/promises";
import type { Worker, WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { drivenActs } from "../../../domain/pipelines/interpreter/driven-acts";
import type { DrivenActs, RunActs } from "../../../domain/pipelines/interpreter/run-acts";
import type { RunDriver } from "../../../domain/ports/run-driver";
import { TASK_QUEUE, type TemporalOptions } from "./temporal-names";
import { temporalRunDriverClient } from "./temporal-run-driver-client";
import { zipCodec } from "./zip-codec";

const BEAT_MS = 2_500;
const AGAIN_MS = 2_000;
/** Attempts that wait for a slot count as well. */
const ACTS_AT_ONCE = 2_000;

export type TemporalDriverOptions = TemporalOptions & {
  /** Source of the workflow: workflows/carry-run.ts in this folder. It is bundled when runs begin to be carried. */
  workflowsPath: string;
  /** Is told what goes wrong; it is tried again. */
  report(error: unknown): void;
};

/**
 * Carries runs on a Temporal server. An act that throws, or whose process is gone, is repeated until it answers. `serve`
 * returns once the server is reached, however long that takes, and comes back by itself where the server goes away.
 */
export function temporalRunDriver(options: TemporalDriverOptions): RunDriver {
  const client = temporalRunDriverClient(options);
  const closing = new AbortController();
  let carrying: Promise<void> = Promise.resolve();
  let current: Worker | null = null;

  const carry = async (acts: RunActs, onReady: () => void) => {
    let bundle: WorkflowBundleWithSourceMap | null = null;
    while (!closing.signal.aborted) {
      try {
        bundle ??= await bundled(options.workflowsPath);
        const { worker, disconnect } = await workerOf(options, bundle, acts, closing.signal);
        current = worker;
        onReady();
        await worker.run().finally(disconnect);
      } catch (error) {
        if (closing.signal.aborted) return;
        options.report(error);
        await sleep(AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  return {
    ...client,
    async serve(acts) {
      await new Promise<void>((resolve, reject) => {
        carrying = carry(acts, resolve);
        carrying.then(() => reject(new Error("The driver was closed.")), reject);
      });
    },
    async close() {
      closing.abort();
      if (current?.getState() === "RUNNING") current.shutdown();
      await carrying;
      await client.close();
    },
  };
}

async function bundled(workflowsPath: string): Promise<WorkflowBundleWithSourceMap> {
  const { bundleWorkflowCode, DefaultLogger, Runtime } = await import("@temporalio/worker");
  const logger = new DefaultLogger("ERROR");
  try {
    Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { filter: "ERROR" } } });
  } catch {
    // There is one in this process already.
  }
  return await bundleWorkflowCode({ workflowsPath, logger });
}

async function workerOf(
  { address, namespace, report }: TemporalDriverOptions,
  workflowBundle: WorkflowBundleWithSourceMap,
  acts: RunActs,
  closing: AbortSignal,
): Promise<{ worker: Worker; disconnect(): Promise<void> }> {
  const { NativeConnection, Worker } = await import("@temporalio/worker");
  const { Context } = await import("@temporalio/activity");
  const connection = await NativeConnection.connect({ address });

  /** While the process closes, engines close beside it: what comes of that is no answer. */
  const beating = async <T>(act: () => Promise<T>): Promise<T> => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), BEAT_MS);
    try {
      const answer = await act();
      return closing.aborted ? await never() : answer;
    } catch (error) {
      if (closing.aborted) await never();
      report(error);
      throw error;
    } finally {
      clearInterval(beat);
    }
  };
  const driven = drivenActs(acts);
  const activities: { [Name in keyof DrivenActs]: DrivenActs[Name] } = {
    begin: (...args) => beating(() => driven.begin(...args)),
    tellAndAttempt: (...args) => beating(() => driven.tellAndAttempt(...args)),
    pause: (...args) => beating(() => driven.pause(...args)),
    rollBack: (...args) => beating(() => driven.rollBack(...args)),
    endTasks: (...args) => beating(() => driven.endTasks(...args)),
    endRun: (...args) => beating(() => driven.endRun(...args)),
  };

  try {
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle,
      activities,
      dataConverter: { payloadCodecs: [zipCodec] },
      maxConcurrentActivityTaskExecutions: ACTS_AT_ONCE,
      // A history that this version decides otherwise about would be tried again for ever.
      workflowFailureErrorTypes: { "*": ["NondeterminismError"] },
      shutdownGraceTime: 0,
      shutdownForceTime: "1 second",
    });
    return { worker, disconnect: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const never = (): Promise<never> => new Promise(() => {});
