import { DBOS, DBOSClient, Error as DbosErrors } from "@dbos-inc/dbos-sdk";
import type { WorkflowBody, WorkflowContext, WorkflowRunner } from "../../../domain/ports/workflow-runner";
import { Failure, type FailureCode, type InputError } from "../../../domain/shared/failure";
import { APPLICATION, QUEUE } from "./dbos-names";
import { dbosWorkflowClient } from "./dbos-workflow-client";
import { stepOrder } from "./step-order";

const POLL_MS = 100;
const MAX_RECOVERIES = 1_000;

export type DbosRunnerOptions = {
  databaseUrl: string;
  /** Work is recovered by the version that began it: raise this only where old workflows must not go on. */
  applicationVersion: string;
};

/**
 * Runs workflows with DBOS, one runner per process. After a crash the next `launch` resumes what was running. A step's
 * failure is recorded like a result: nothing is repeated unless the body asks for it.
 */
export function dbosWorkflowRunner(options: DbosRunnerOptions): WorkflowRunner {
  const client = dbosWorkflowClient(options);
  const bodies = new Map<string, WorkflowBody>();
  const closing = new AbortController();
  let launched = false;
  let records: DBOSClient | null = null;

  return {
    start: client.start,
    cancel: client.cancel,
    state: client.state,

    register(workflow, body) {
      if (launched) throw new Error(`The workflow ${workflow} must be registered before the launch.`);
      bodies.set(workflow, body);
    },

    async launch() {
      DBOS.setConfig({
        name: APPLICATION,
        systemDatabaseUrl: options.databaseUrl,
        applicationVersion: options.applicationVersion,
        executorID: "worker",
        logLevel: "error",
      });
      const reader = await DBOSClient.create({
        systemDatabaseUrl: options.databaseUrl,
        applicationName: APPLICATION,
        systemDatabasePoolSize: 2,
      });
      records = reader;
      for (const [name, body] of bodies) {
        const run = (input: unknown) => runBody(body, input, { records: reader, closing: closing.signal });
        DBOS.registerWorkflow(run, { name, maxRecoveryAttempts: MAX_RECOVERIES });
      }
      await DBOS.launch();
      await DBOS.registerQueue(QUEUE, { minPollingIntervalMs: POLL_MS, onConflict: "always_update" });
      launched = true;
    },

    async close() {
      closing.abort();
      if (launched) await DBOS.shutdown({ deregister: true });
      launched = false;
      await records?.destroy();
      await client.close();
    },
  };
}

async function runBody(
  body: WorkflowBody,
  input: unknown,
  { records, closing }: { records: DBOSClient; closing: AbortSignal },
): Promise<unknown> {
  const workflowId = DBOS.workflowID;
  if (workflowId === undefined) throw new Error("A workflow body runs only inside of its workflow.");
  const order = stepOrder((await records.listWorkflowSteps(workflowId)) ?? []);
  let cancelled: unknown = null;

  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    try {
      const begin = () => DBOS.runStep(() => sealed(act, closing), { name, retriesAllowed: false });
      const outcome = await order.enter(name, begin);
      if (closing.aborted) await never();
      return opened(outcome);
    } catch (error) {
      if (closing.aborted) await never();
      if (!(error instanceof DbosErrors.DBOSWorkflowCancelledError)) throw error;
      cancelled = error;
      throw new Failure("cancelled", "The workflow was cancelled.", { cause: error });
    }
  };

  const context: WorkflowContext = {
    workflowId,
    step,
    async sleep(name, ms) {
      const until = await step(name, async () => Date.now() + ms);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
    },
  };

  try {
    const result = await body(context, input);
    if (cancelled === null) return result;
  } catch (error) {
    throw cancelled ?? error;
  }
  throw cancelled;
}

/** A Failure keeps its code on the way through the record, which keeps only the text of an error. */
type Sealed<T> =
  | { value: T }
  | {
      failure: {
        code: FailureCode;
        message: string;
        hint?: string;
        retryable: boolean;
        errors: InputError[];
      };
    };

async function sealed<T>(act: () => Promise<T>, closing: AbortSignal): Promise<Sealed<T>> {
  try {
    return { value: await act() };
  } catch (error) {
    if (closing.aborted) await never();
    if (!(error instanceof Failure)) throw error;
    const { code, message, hint, retryable, errors } = error;
    return { failure: { code, message, retryable, errors, ...(hint === undefined ? {} : { hint }) } };
  }
}

function opened<T>(outcome: Sealed<T>): T {
  if ("failure" in outcome) throw new Failure(outcome.failure.code, outcome.failure.message, outcome.failure);
  return outcome.value;
}

/** While the runner closes, engines close beside it: what fails of that is no outcome, and the next launch goes on. */
const never = (): Promise<never> => new Promise(() => {});
