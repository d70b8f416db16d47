import { Failure } from "../../../domain/shared/failure";
import type { WorkerMessage } from "./worker-messages";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

/** How long a cancelled request may take to end before its process is ended instead. */
const CANCEL_GRACE_MS = 500;

export type WorkerPoolOptions = {
  /** Interpreter of the lake's environment. */
  python: string;
  /** Folder of the package `workbench_query`. */
  packageDir: string;
  role: "run" | "results" | "language" | "import";
  /** Processes at most; they start when they are needed, and stay. */
  processes: number;
  /** Requests that one process answers at a time. */
  requestsPerProcess: number;
  /** Requests that may wait for a process; more are refused. */
  longestQueue?: number;
  /** Added to the workers' environment, which else holds nothing of ours. */
  env?: Record<string, string>;
};

export type WorkerRequestOptions = {
  signal?: AbortSignal | undefined;
  /** From when the request was made; 0 means no limit. */
  timeoutMs?: number | undefined;
  /** The request left the queue. */
  onStart?: (() => void) | undefined;
  onEvent?: ((event: WorkerMessage) => void) | undefined;
};

export type WorkerPool = {
  /**
   * Has a process answer a request; first come, first served. Failures: those that the worker reports, `cancelled` by the
   * signal, `timed_out`, `rate_limited` (too many wait), `resource_exhausted` and `engine_unavailable` where the process ends.
   */
  request(kind: string, fields: Record<string, unknown>, options?: WorkerRequestOptions): Promise<unknown>;
  /** Starts a process, so that the next request finds one. */
  warm(): void;
  /** Processes that live now. */
  pids(): number[];
  /** Ends all processes; resolves when they are gone. */
  close(): Promise<void>;
};

/** Warm Python processes with a place for each request: a crash, or a kill, costs what that process had under way. */
export function workerPool(options: WorkerPoolOptions): WorkerPool {
  const { processes: most, requestsPerProcess, longestQueue = 200 } = options;
  const program = {
    command: options.python,
    args: ["-m", "workbench_query", options.role],
    env: environmentOf(options),
  };
  const alive = new Set<WorkerProcess>();
  const queue: ((worker: WorkerProcess) => void)[] = [];
  let isClosed = false;

  const start = (): WorkerProcess => {
    const worker = startWorkerProcess(program, serveNext);
    alive.add(worker);
    void worker.gone.then(() => {
      alive.delete(worker);
      serveNext();
    });
    return worker;
  };

  /** The least busy process with a place, a new one where all are busy and one more may run; null where all places are taken. */
  const place = (): WorkerProcess | null => {
    const open = [...alive].filter((it) => it.isAlive && it.busy < requestsPerProcess);
    const best = open.sort((a, b) => a.busy - b.busy)[0];
    if (best !== undefined && best.busy === 0) return best;
    if (alive.size < most) return start();
    return best ?? null;
  };

  function serveNext(): void {
    while (queue.length > 0 && !isClosed) {
      const worker = place();
      if (worker === null) return;
      queue.shift()?.(worker);
    }
  }

  return {
    async request(kind, fields, { signal, timeoutMs = 0, onStart, onEvent } = {}) {
      if (isClosed) throw closed();
      if (queue.length >= longestQueue) throw tooMany();
      const stop = stopper(signal, timeoutMs);
      try {
        return await new Promise<unknown>((resolve, reject) => {
          const begin = (worker: WorkerProcess) => {
            onStart?.();
            const { id, answer } = worker.send({ ...fields, kind }, (event) => onEvent?.(event));
            let grace: NodeJS.Timeout | undefined;
            stop.onStop((reason) => {
              worker.cancel(id);
              grace = setTimeout(() => worker.kill(reason), CANCEL_GRACE_MS);
            });
            answer.then(resolve, (failure: unknown) => reject(stop.reason() ?? failure));
            answer.catch(() => undefined).finally(() => clearTimeout(grace));
          };
          queue.push(begin);
          stop.onStop((reason) => {
            const index = queue.indexOf(begin);
            if (index < 0) return;
            queue.splice(index, 1);
            reject(reason);
          });
          serveNext();
        });
      } finally {
        stop.dispose();
      }
    },

    warm() {
      if (!isClosed && alive.size === 0) start();
    },

    pids: () => [...alive].flatMap(({ pid }) => (pid === undefined ? [] : [pid])),

    async close() {
      isClosed = true;
      const all = [...alive];
      for (const worker of all) worker.kill(closed());
      await Promise.all(all.map((worker) => worker.gone));
    },
  };
}

/** Python and DuckDB read their environment; none of ours is meant for statements. */
function environmentOf({ packageDir, env = {} }: WorkerPoolOptions): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    HOME: "/nonexistent",
    PYTHONPATH: packageDir,
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    // Each thread's own heap would keep what others could use.
    MALLOC_ARENA_MAX: "2",
    ...env,
  };
}

/** Brings the caller's signal and the time limit together; whichever comes first gives the reason. */
function stopper(signal: AbortSignal | undefined, timeoutMs: number) {
  let reason: Failure | null = null;
  const acts: ((reason: Failure) => void)[] = [];
  const stop = (failure: Failure) => {
    if (reason !== null) return;
    reason = failure;
    for (const act of [...acts]) act(failure);
  };
  const abort = () => stop(new Failure("cancelled", "The statement was cancelled."));
  const late = () =>
    stop(new Failure("timed_out", `The statement did not end within ${Math.ceil(timeoutMs / 1000)} s.`));
  signal?.addEventListener("abort", abort, { once: true });
  const timer = timeoutMs > 0 ? setTimeout(late, timeoutMs) : undefined;
  if (signal?.aborted) abort();
  return {
    reason: () => reason,
    onStop(act: (reason: Failure) => void) {
      acts.push(act);
      if (reason !== null) act(reason);
    },
    dispose() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

const closed = () =>
  new Failure("engine_unavailable", "The query programs are being stopped.", { retryable: true });

const tooMany = () =>
  new Failure("rate_limited", "Too many statements wait to be run.", {
    hint: "Try again when some have ended.",
    retryable: true,
  });
