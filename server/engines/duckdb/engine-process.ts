import { type ChildProcess, fork } from "node:child_process";
import { Failure } from "../../../domain/shared/failure";
import type { DuckdbRequest, DuckdbResponse, DuckdbResult, DuckdbWork } from "./duckdb-messages";

/** How long an interrupted statement may take to end before its process is ended instead. */
const INTERRUPT_GRACE_MS = 5_000;

type Waiting = { resolve: (result: DuckdbResult) => void; reject: (failure: Failure) => void };

export type EngineProcess = {
  /** The answer to one request. `interrupt` ends it early; what it is rejected with is the given failure. */
  request(work: DuckdbWork): { answer: Promise<DuckdbResult>; interrupt: (reason: Failure) => void };
  pid(): number | undefined;
  close(): Promise<void>;
};

/**
 * The child process that runs DuckDB: started by the first request, and again by the first one after it ended.
 * Requests in flight when it ends fail with `resource_exhausted` (killed, as for lack of memory) or `engine_unavailable`.
 */
export function engineProcess(options: { processPath: string; execArgv?: string[] }): EngineProcess {
  let current: { child: ChildProcess; waiting: Map<number, Waiting> } | null = null;
  let lastId = 0;
  let closed = false;

  const start = () => {
    const waiting = new Map<number, Waiting>();
    // DuckDB reads its environment; none of ours is meant for it.
    const child = fork(options.processPath, [], {
      env: { NODE_ENV: "production", TZ: "UTC" },
      execArgv: options.execArgv ?? [],
    });
    const held = { child, waiting };
    const end = (failure: Failure) => {
      if (current === held) current = null;
      for (const { reject } of waiting.values()) reject(failure);
      waiting.clear();
    };
    child.on("message", (response: DuckdbResponse) => {
      const request = waiting.get(response.id);
      waiting.delete(response.id);
      if (waiting.size === 0) unreference(child);
      if ("result" in response) request?.resolve(response.result);
      else request?.reject(new Failure(response.problem.code, response.problem.message, response.problem));
    });
    child.on("error", (error) => end(unavailable(error)));
    child.on("exit", (code, signal) => {
      end(signal === "SIGKILL" ? killed() : unavailable(`exit code ${code}, signal ${signal}`));
    });
    return held;
  };

  return {
    request(work) {
      if (closed) throw unavailable("closed");
      current ??= start();
      const { child, waiting } = current;
      const id = ++lastId;
      const send = (message: DuckdbRequest) => {
        child.send(message, (error) => {
          if (error !== null) waiting.get(id)?.reject(unavailable(error));
        });
      };
      let interrupted: Failure | null = null;
      let grace: NodeJS.Timeout | undefined;
      const answer = new Promise<DuckdbResult>((resolve, reject) => waiting.set(id, { resolve, reject }))
        .catch((failure: Failure) => {
          throw interrupted ?? failure;
        })
        .finally(() => clearTimeout(grace));
      child.ref();
      child.channel?.ref();
      send({ id, work });
      return {
        answer,
        interrupt(reason) {
          if (!waiting.has(id) || interrupted !== null) return;
          interrupted = reason;
          send({ id, cancel: true });
          grace = setTimeout(() => child.kill("SIGTERM"), INTERRUPT_GRACE_MS);
        },
      };
    },

    pid: () => current?.child.pid,

    async close() {
      closed = true;
      if (current === null) return;
      const { child } = current;
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** An idle engine does not keep its parent from ending. */
function unreference(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function killed(): Failure {
  return new Failure(
    "resource_exhausted",
    "The query engine was ended while it worked, most likely for lack of memory.",
    {
      hint: "Read fewer rows or columns at once, or free memory on this machine.",
      retryable: true,
    },
  );
}

function unavailable(cause: unknown): Failure {
  return new Failure(
    "engine_unavailable",
    "The query engine ended unexpectedly. It starts again with the next query.",
    {
      retryable: true,
      cause,
    },
  );
}
