import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Failure } from "../../../domain/shared/failure";
import { toFailure, type WorkerMessage } from "./worker-messages";

/** What a process says of itself when it ends without an answer. */
const LAST_LINES = 20;

export type WorkerProgram = {
  command: string;
  args: readonly string[];
  /** The whole environment: nothing else is passed on. */
  env: Readonly<Record<string, string>>;
};

type Waiting = {
  onEvent: (event: WorkerMessage) => void;
  resolve: (result: unknown) => void;
  reject: (failure: Failure) => void;
};

export type WorkerProcess = {
  readonly pid: number | undefined;
  /** Requests under way. */
  readonly busy: number;
  readonly isAlive: boolean;
  /** Sends a request; the promise settles when it is answered, or when the process ends. */
  send(
    request: Record<string, unknown>,
    onEvent: (event: WorkerMessage) => void,
  ): { id: number; answer: Promise<unknown> };
  cancel(id: number): void;
  /** Ends the process; what is under way fails with `reason`. */
  kill(reason?: Failure): void;
  /** Resolves once the process is gone. */
  readonly gone: Promise<void>;
};

/**
 * One worker process. It leaves when its stdin ends, as it does when this process dies. Requests under way when it ends
 * fail with `resource_exhausted` where it was killed, as for lack of memory, and else with `engine_unavailable`.
 */
export function startWorkerProcess(program: WorkerProgram, onIdle: () => void): WorkerProcess {
  const child = spawn(program.command, [...program.args], {
    env: { NODE_ENV: "production", ...program.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = new Map<number, Waiting>();
  const last: string[] = [];
  let lastId = 0;
  let isAlive = true;
  let end: (() => void) | undefined;
  const gone = new Promise<void>((resolve) => {
    end = resolve;
  });

  const fail = (failure: Failure) => {
    isAlive = false;
    const all = [...waiting.values()];
    waiting.clear();
    for (const { reject } of all) reject(failure);
    onIdle();
  };

  child.on("error", (error) => {
    fail(notStarted(error));
    if (child.pid === undefined) end?.();
  });
  child.on("exit", (code, signal) => {
    fail(ended(code, signal, last));
    end?.();
  });
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stderr }).on("line", (line) => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = readLine(line);
    if (message?.id === undefined) return;
    const request = waiting.get(message.id);
    if (request === undefined) return;
    if (message.event !== undefined) return request.onEvent(message);
    waiting.delete(message.id);
    if (message.failure !== undefined) request.reject(toFailure(message.failure));
    else request.resolve(message.result);
    settle();
  });

  const settle = () => {
    if (waiting.size === 0) hold(child, false);
    onIdle();
  };
  hold(child, false);

  return {
    pid: child.pid,
    get busy() {
      return waiting.size;
    },
    get isAlive() {
      return isAlive;
    },
    send(request, onEvent) {
      const id = ++lastId;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { onEvent, resolve, reject }));
      hold(child, true);
      child.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
      return { id, answer };
    },
    cancel(id) {
      if (waiting.has(id)) child.stdin.write(`${JSON.stringify({ id, cancel: true })}\n`);
    },
    kill(reason) {
      if (reason !== undefined) fail(reason);
      child.kill("SIGKILL");
    },
    gone,
  };
}

/** An idle worker does not keep this process from ending. */
function hold(child: ChildProcess, isBusy: boolean): void {
  for (const part of [child, child.stdin, child.stdout, child.stderr] as { ref?(): void; unref?(): void }[]) {
    if (isBusy) part?.ref?.();
    else part?.unref?.();
  }
}

function readLine(line: string): WorkerMessage | null {
  try {
    return JSON.parse(line) as WorkerMessage;
  } catch {
    return null;
  }
}

const notStarted = (cause: unknown): Failure =>
  new Failure("engine_unavailable", "The query program could not be started.", {
    hint: "Start Benchwright again; it sets its Python environment up anew.",
    cause,
  });

function ended(code: number | null, signal: string | null, last: string[]): Failure {
  const cause = `exit ${code ?? signal}\n${last.join("\n")}`;
  if (signal === "SIGKILL") {
    return new Failure(
      "resource_exhausted",
      "The query program was ended while it worked, most likely for lack of memory.",
      {
        hint: "Read fewer rows or columns at once, or free memory on this machine.",
        retryable: true,
        cause,
      },
    );
  }
  return new Failure(
    "engine_unavailable",
    "The query program ended unexpectedly. It starts again with the next statement.",
    {
      retryable: true,
      cause,
    },
  );
}
