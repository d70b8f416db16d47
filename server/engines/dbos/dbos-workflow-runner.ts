import { DBOS, DBOSClient, Error as DbosErrors } from "@dbos-inc/dbos-sdk";
import type { WorkflowBody, WorkflowContext, WorkflowRunner } from "../../../domain/ports/workflow-runner";
import { Failure, type FailureCode, type InputError } from "../../../domain/shared/failure";
import { answered } from "./dbos-failures";
import { APPLICATION, QUEUE, WAITING } from "./dbos-names";
import { dbosWorkflowClient } from "./dbos-workflow-client";
import { pollNow } from "./poll-now";
import { withSessionSettings } from "./session-settings";
import { stepOrder } from "./step-order";

const POLL_MS = 100;
/** How soon a workflow is found of which nobody told. */
const POLL_TOLD_MS = 1_000;
const MAX_RECOVERIES = 1_000;

/** What else in this process may carry with the same launch of DBOS. */
export interface DbosProcess {
  /** Before the launch: a workflow that takes its steps itself. */
  registerBare(workflow: string, body: (id: string) => Promise<void>): void;
  /** Starts it in this process, without a queue. Equal ids start once. Returns false where nothing is launched yet. */
  startHere(workflow: string, id: string): Promise<boolean>;
  /** What is recorded of its steps, each with its answer. */
  recordedSteps(id: string): Promise<{ name: string; output: unknown }[]>;
  /** Aborts when the process lets go of its workflows. */
  closing: AbortSignal;
}

export type DbosRunnerOptions = {
  databaseUrl: string;
  /** Work is recovered by the version that began it: raise this only where old workflows must not go on. */
  applicationVersion: string;
  /** Calls `heard` whenever something waits, until `signal` aborts. Where it is absent, the queue is looked at far more often. */
  listen?(channel: string, heard: () => void, signal: AbortSignal): Promise<void>;
};

/**
 * Runs workflows with DBOS, one runner per process. After a crash the next `launch` resumes what was running. A step's
 * failure is recorded like a result: nothing is repeated unless the body asks for it.
 */
export function dbosWorkflowRunner(options: DbosRunnerOptions): WorkflowRunner & DbosProcess {
  const client = dbosWorkflowClient(options);
  const bodies = new Map<string, WorkflowBody>();
  const bareBodies = new Map<string, (id: string) => Promise<void>>();
  const bare = new Map<string, (id: string) => Promise<void>>();
  const closing = new AbortController();
  let launching: Promise<void> | null = null;
  let launched = false;
  let records: DBOSClient | null = null;
  const databaseUrl = withSessionSettings(options.databaseUrl);

  const launch = async () => {
    DBOS.setConfig({
      name: APPLICATION,
      systemDatabaseUrl: databaseUrl,
      applicationVersion: options.applicationVersion,
      executorID: "worker",
      logLevel: "error",
    });
    const reader = await DBOSClient.create({
      systemDatabaseUrl: databaseUrl,
      applicationName: APPLICATION,
      systemDatabasePoolSize: 2,
    });
    records = reader;
    for (const [name, body] of bodies) {
      const run = (input: unknown) => runBody(body, input, { records: reader, closing: closing.signal });
      DBOS.registerWorkflow(run, { name, maxRecoveryAttempts: MAX_RECOVERIES });
    }
    for (const [name, body] of bareBodies)
      bare.set(name, DBOS.registerWorkflow(body, { name, maxRecoveryAttempts: MAX_RECOVERIES }));
    await DBOS.launch();
    const minPollingIntervalMs = options.listen === undefined ? POLL_MS : POLL_TOLD_MS;
    await DBOS.registerQueue(QUEUE, { minPollingIntervalMs, onConflict: "always_update" });
    void options.listen?.(WAITING, pollNow(), closing.signal);
    launched = true;
  };

  return {
    start: client.start,
    cancel: client.cancel,
    state: client.state,
    closing: closing.signal,

    register(workflow, body) {
      if (launching !== null)
        throw new Error(`The workflow ${workflow} must be registered before the launch.`);
      bodies.set(workflow, body);
    },

    registerBare(workflow, body) {
      if (launching !== null)
        throw new Error(`The workflow ${workflow} must be registered before the launch.`);
      bareBodies.set(workflow, body);
    },

    async startHere(workflow, id) {
      const body = bare.get(workflow);
      if (!launched || body === undefined) return false;
      const handle = await answered(DBOS.startWorkflow(body, { workflowID: id })(id));
      // How it ends is told by its state. A handle to what had been started before would ask the database for it each second.
      if ("workflowPromise" in handle) handle.getResult().catch(() => {});
      return true;
    },

    async recordedSteps(id) {
      return (await records?.listWorkflowSteps(id)) ?? [];
    },

    launch() {
      launching ??= launch();
      return launching;
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
