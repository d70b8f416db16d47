import { DBOSClient } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import type { WorkflowClient, WorkflowState } from "../../../domain/ports/workflow-runner";
import { Failure } from "../../../domain/shared/failure";
import { answered } from "./dbos-failures";
import { APPLICATION, QUEUE, WAITING } from "./dbos-names";
import { withSessionSettings } from "./session-settings";

const STATUS: Record<string, WorkflowState["status"]> = {
  ENQUEUED: "queued",
  DELAYED: "queued",
  PENDING: "running",
  SUCCESS: "succeeded",
  ERROR: "failed",
  MAX_RECOVERY_ATTEMPTS_EXCEEDED: "failed",
  CANCELLED: "cancelled",
};

/** Starts workflows through a queue in the DBOS database; the process that holds the runner takes them from there. */
export function dbosWorkflowClient(options: { databaseUrl: string }): WorkflowClient {
  let connected: Promise<DBOSClient> | null = null;
  let bells: pg.Pool | null = null;
  const client = () => {
    connected ??= DBOSClient.create({
      systemDatabaseUrl: withSessionSettings(options.databaseUrl),
      applicationName: APPLICATION,
      systemDatabasePoolSize: 3,
      logger: QUIET,
    });
    return connected;
  };

  /** Who is not told finds it at the next look. */
  const ring = async () => {
    if (bells === null) {
      bells = new pg.Pool({ connectionString: options.databaseUrl, max: 1 });
      bells.on("error", ignore);
    }
    await bells.query("SELECT pg_notify($1, '')", [WAITING]).catch(ignore);
  };

  return {
    async start(workflow, id, input) {
      const enqueueing = async () =>
        (await client()).enqueue({ workflowName: workflow, workflowID: id, queueName: QUEUE }, input);
      await answered(enqueueing());
      void ring();
    },

    async cancel(id) {
      await answered(client().then((it) => it.cancelWorkflow(id)));
    },

    async state(id) {
      const found = await answered(client().then((it) => it.getWorkflow(id)));
      if (found === undefined) throw new Failure("not_found", "There is no workflow with this id.");
      const status = STATUS[found.status] ?? "failed";
      return { status, error: status === "failed" ? errorText(found.error, found.status) : null };
    },

    async close() {
      await (await connected)?.destroy();
      connected = null;
      await bells?.end();
      bells = null;
    },
  };
}

function errorText(error: unknown, status: string): string {
  if (error instanceof Error) return error.message;
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === "string" ? message : `The workflow ended as ${status.toLowerCase()}.`;
}

const ignore = () => {};
/** What it would log is thrown as well. */
const QUIET = { info: ignore, debug: ignore, warn: ignore, error: ignore };
