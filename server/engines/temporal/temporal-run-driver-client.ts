import type { Client } from "@temporalio/client";
import type { DriverState, RunDriverClient } from "../../../domain/ports/run-driver";
import { Failure } from "../../../domain/shared/failure";
import { CARRY_RUN, TASK_QUEUE, type TemporalOptions } from "./temporal-names";
import { zipCodec } from "./zip-codec";

const CONNECT_MS = 10_000;

/** Starts runs on a Temporal server, one workflow a run, which has the run's id. Nothing is loaded before the first call. */
export function temporalRunDriverClient({
  address,
  namespace,
  manyEvents,
}: TemporalOptions): RunDriverClient {
  let connected: Promise<Client> | null = null;

  const connect = async () => {
    const { Client, Connection } = await import("@temporalio/client");
    const connection = await Connection.connect({ address, connectTimeout: CONNECT_MS });
    return new Client({ connection, namespace, dataConverter: { payloadCodecs: [zipCodec] } });
  };
  const client = () => {
    connected ??= connect().catch((error: unknown) => {
      connected = null;
      throw error;
    });
    return connected;
  };
  /** `otherwise` where Temporal says what kind of refusal it is, by the name of the error. */
  const asked = async <T>(ask: (it: Client) => Promise<T>, otherwise: { [error: string]: T }): Promise<T> => {
    try {
      return await ask(await client());
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      if (Object.hasOwn(otherwise, name)) return otherwise[name] as T;
      throw new Failure("engine_unavailable", `Temporal does not answer at ${address}.`, {
        hint: "See that it runs, and that the namespace is there.",
        retryable: true,
        cause: error,
      });
    }
  };

  return {
    async start(runId) {
      const start = async (it: Client) => {
        await it.workflow.start(CARRY_RUN, {
          workflowId: runId,
          taskQueue: TASK_QUEUE,
          args: manyEvents === undefined ? [runId] : [runId, null, manyEvents],
          workflowIdReusePolicy: "REJECT_DUPLICATE",
        });
      };
      await asked(start, { WorkflowExecutionAlreadyStartedError: undefined });
    },

    async cancel(runId) {
      const cancel = async (it: Client) => void (await it.workflow.getHandle(runId).cancel());
      await asked(cancel, { WorkflowNotFoundError: undefined });
    },

    async state(runId) {
      const describe = async (it: Client): Promise<DriverState> => {
        const { status } = await it.workflow.getHandle(runId).describe();
        return status.name === "RUNNING" || status.name === "PAUSED" ? "running" : "ended";
      };
      return await asked(describe, { WorkflowNotFoundError: "unknown" });
    },

    async close() {
      const current = await connected?.catch(() => null);
      connected = null;
      await current?.connection.close();
    },
  };
}
