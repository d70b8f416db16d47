import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Failure } from "../../../domain/shared/failure";
import { readMessage, type SyncMessage, toFailure } from "./sync-messages";

/** After its input has ended the program stops its connector and leaves; one that does not is ended. */
const GRACE_MS = 8_000;
const LAST_LINES = 20;

export type SyncProgram = {
  command: string;
  /** Before the verb. */
  args: readonly string[];
  /** The whole environment: nothing else is passed on. */
  env: Readonly<Record<string, string>>;
  /** Told when the process is there, and awaited before it is told what to do. */
  onStart?(pid: number): Promise<void>;
};

/**
 * Runs one verb in a process of its own. The request goes in by stdin alone, and the end of stdin ends the process, so
 * it never outlives this one. Resolves with the fields of its result.
 * Failures: those it reports, `cancelled` when `signal` aborts, `engine_unavailable` where it cannot be started,
 * `engine_failed` where it ends without a word.
 */
export async function runSyncProcess(
  program: SyncProgram,
  verb: string,
  request: unknown,
  signal: AbortSignal,
  onMessage: (message: SyncMessage) => void,
): Promise<Record<string, unknown>> {
  signal.throwIfAborted();
  const child = spawn(program.command, [...program.args, verb], {
    env: { NODE_ENV: "production", ...program.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = endOf(child);
  const stop = stopper(child);
  signal.addEventListener("abort", stop.now, { once: true });
  // A process that ends before it has read its request.
  child.stdin.on("error", () => undefined);
  const last: string[] = [];
  const errors = readLines(child.stderr, (line) => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  });
  let outcome: Extract<SyncMessage, { event: "result" | "failure" }> | null = null;
  const output = readLines(child.stdout, (line) => {
    const message = readMessage(line);
    if (message === null) return;
    if (message.event === "result" || message.event === "failure") outcome = message;
    onMessage(message);
  });
  try {
    if (child.pid !== undefined) await program.onStart?.(child.pid);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const [end] = await Promise.all([ended, output, errors]);
    return readOutcome(outcome, end, signal, last);
  } finally {
    signal.removeEventListener("abort", stop.now);
    stop.now();
    await ended;
    stop.clear();
  }
}

type End = { code: number | null; signal: string | null; error: Error | null };

const endOf = (child: ChildProcessWithoutNullStreams): Promise<End> =>
  new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("close", (code, signal) => resolve({ code, signal, error: null }));
  });

function stopper(child: ChildProcessWithoutNullStreams) {
  let timer: NodeJS.Timeout | undefined;
  return {
    now() {
      child.stdin.end();
      timer ??= setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    },
    clear: () => clearTimeout(timer),
  };
}

async function readLines(input: NodeJS.ReadableStream, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) take(line);
}

function readOutcome(
  outcome: Extract<SyncMessage, { event: "result" | "failure" }> | null,
  end: End,
  signal: AbortSignal,
  last: readonly string[],
): Record<string, unknown> {
  if (outcome?.event === "result") return outcome;
  if (signal.aborted) throw new Failure("cancelled", "It was cancelled.");
  if (outcome?.event === "failure") throw toFailure(outcome);
  const cause = last.join("\n");
  if (end.error !== null) {
    throw new Failure("engine_unavailable", "The program that runs connectors could not be started.", {
      hint: "Start Benchwright again; it sets its Python environment up anew.",
      cause: end.error,
    });
  }
  if (end.signal === "SIGKILL") {
    throw new Failure("resource_exhausted", "The program that runs connectors was ended from outside.", {
      hint: "It may have needed more memory than this machine has. Let fewer streams run at a time.",
      retryable: true,
      cause,
    });
  }
  throw new Failure("engine_failed", "The program that runs connectors ended without an answer.", {
    hint: "The worker's log says more. Try again.",
    retryable: true,
    cause: `exit ${end.code ?? end.signal}\n${cause}`,
  });
}
