import { Failure } from "@/domain/shared/failure";
import { type RowsListener, type RowsManner, readStatement, readWhole } from "./read-statement";
import { EngineEnded, type Owner, startWasmEngine, type WasmEngine } from "./wasm-engine";
import { endsWorker, wasmFailure } from "./wasm-failure";

/** Something that statements need inside the worker, and that every new worker is given again when one asks for it. */
export type Resident = { load: (engine: WasmEngine, connection: number, owner: Owner) => Promise<void> };

export type StatementOptions = {
  /** Keys of the residents that it reads. */
  needs?: readonly string[];
  /** The attached database in which its names are looked up first. */
  database?: string;
  signal: AbortSignal;
};

export type WorkOptions = StatementOptions & { once?: boolean; sql?: string };

export type Work<T> = (engine: WasmEngine, connection: number, owner: Owner) => Promise<T>;

/**
 * DuckDB in this page. Statements run side by side; one that is cancelled is stopped within half a second, if need be by
 * ending its worker, and others then begin again on the next worker without anybody's doing.
 *
 * Failures: `invalid_input` (`errors[0].pointer` is `/sql/<offset>` where DuckDB names a place), `resource_exhausted`,
 * `cancelled`, `engine_failed`, `engine_unavailable`.
 */
export type WasmSession = {
  /** The rows of one SELECT, as they come. */
  stream: (
    sql: string,
    options: StatementOptions & Partial<RowsManner>,
    listener: RowsListener,
  ) => Promise<void>;
  /** The rows of one SELECT, as one Arrow IPC stream. */
  query: (sql: string, options: StatementOptions) => Promise<Uint8Array<ArrayBuffer>>;
  /** Other work of the app's own. `sql` is what errors speak of. Begins again on another worker unless `once`. */
  work: <T>(options: WorkOptions, work: Work<T>) => Promise<T>;
  keep: (key: string, resident: Resident) => void;
  /** Forgets a resident; `sql` removes it from the worker, where it is loaded. */
  letGo: (key: string, sql: readonly string[]) => Promise<void>;
  /** Starts the worker before it is needed. */
  warm: () => Promise<void>;
  close: () => void;
};

/** A cancelled statement has so long to stop by itself. */
const CANCEL_MS = 400;
const ATTEMPTS = 3;

export function openWasmSession(options: { base: string; memoryBytes: number }): WasmSession {
  const residents = new Map<string, Resident>();
  const loaded = new WeakMap<WasmEngine, Map<string, Promise<void>>>();
  let starting: Promise<WasmEngine> | null = null;
  let isClosed = false;

  async function current(): Promise<WasmEngine> {
    if (isClosed) throw new Failure("cancelled", "The page was left.");
    if (starting !== null && (await starting.catch(() => null))?.isEnded === false) return starting;
    return restart(starting);
  }

  /** One new worker, however many ask at the same time. */
  function restart(seen: Promise<WasmEngine> | null): Promise<WasmEngine> {
    if (starting === seen || starting === null) starting = startWasmEngine(options.base, options.memoryBytes);
    return starting;
  }

  function load(engine: WasmEngine, key: string): Promise<void> {
    const there = loaded.get(engine) ?? new Map<string, Promise<void>>();
    loaded.set(engine, there);
    const known = there.get(key);
    if (known !== undefined) return known;
    const resident = residents.get(key);
    if (resident === undefined) return Promise.resolve();
    const owner: Owner = {};
    const loading = onConnection(engine, owner, undefined, (connection) =>
      resident.load(engine, connection, owner),
    );
    there.set(key, loading);
    loading.catch(() => there.delete(key));
    return loading;
  }

  async function attempt<T>(
    engine: WasmEngine,
    owner: Owner,
    how: StatementOptions,
    work: Work<T>,
  ): Promise<T> {
    for (const key of how.needs ?? []) await load(engine, key);
    const { signal } = how;
    if (signal.aborted) throw cancelled();
    return onConnection(engine, owner, how.database, async (connection) => {
      const stop = () =>
        void engine.ask(owner, (database) => database.cancelPendingQuery(connection)).catch(() => {});
      signal.addEventListener("abort", stop, { once: true });
      try {
        return await work(engine, connection, owner);
      } finally {
        signal.removeEventListener("abort", stop);
      }
    });
  }

  /** Whether the work is to begin again, because the worker went for somebody else's sake. */
  async function tryWork<T>(
    how: WorkOptions,
    work: Work<T>,
    isLast: boolean,
  ): Promise<{ value: T } | "again"> {
    const { signal, sql = "" } = how;
    const owner: Owner = {};
    const engine = await unlessAborted(current(), signal);
    try {
      return { value: await stoppable(engine, owner, attempt(engine, owner, how, work), signal) };
    } catch (error) {
      if (signal.aborted) throw cancelled();
      const isMine = !(error instanceof EngineEnded) || error.owner === owner;
      if (isMine && endsWorker(messageOf(error))) engine.end(owner);
      if (isMine || isLast) throw failureOfWorker(error, sql, isMine);
      return "again";
    }
  }

  const session: WasmSession = {
    async work(how, work) {
      for (let tries = 1; ; tries += 1) {
        const done = await tryWork(how, work, how.once === true || tries >= ATTEMPTS);
        if (done !== "again") return done.value;
      }
    },
    stream: (sql, how, listener) => {
      let isUnderWay = false;
      return session.work({ ...how, sql }, async (engine, connection, owner) => {
        if (isUnderWay) throw failureOfWorker(new EngineEnded(null), sql, false);
        const told: RowsListener = {
          ...listener,
          onColumns: (columns, schema) => {
            isUnderWay = true;
            listener.onColumns?.(columns, schema);
          },
        };
        const manner = { gathered: how.gathered ?? false };
        await readStatement(engine, owner, connection, sql, how.signal, told, manner);
      });
    },
    query: (sql, how) =>
      session.work({ ...how, sql }, (engine, connection, owner) =>
        readWhole(engine, owner, connection, sql, how.signal),
      ),
    keep: (key, resident) => void residents.set(key, resident),
    async letGo(key, sql) {
      residents.delete(key);
      const engine = await starting?.catch(() => null);
      if (engine === null || engine === undefined || engine.isEnded) return;
      const loading = loaded.get(engine)?.get(key);
      if (loading === undefined) return;
      loaded.get(engine)?.delete(key);
      await loading.catch(() => {});
      const owner: Owner = {};
      await onConnection(engine, owner, undefined, async (connection) => {
        for (const each of sql) await engine.ask(owner, (database) => database.runQuery(connection, each));
      }).catch(() => {});
    },
    warm: async () => void (await current()),
    close() {
      isClosed = true;
      void starting?.then((engine) => engine.end(null)).catch(() => {});
    },
  };
  return session;
}

const cancelled = () => new Failure("cancelled", "The statement was cancelled.");
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function failureOfWorker(error: unknown, sql: string, isMine: boolean): Failure {
  if (!(error instanceof EngineEnded)) return wasmFailure(error, sql);
  if (isMine) return wasmFailure(new Error("Aborted("), sql);
  return new Failure("engine_failed", "DuckDB in this page was started again while the statement ran.", {
    hint: "Run it again; the browser's tables are kept.",
    retryable: true,
    cause: error,
  });
}

/** A connection for the time of some work, and none after it. */
async function onConnection<T>(
  engine: WasmEngine,
  owner: Owner,
  database: string | undefined,
  work: (connection: number) => Promise<T>,
): Promise<T> {
  const connection = await engine.ask(owner, (database) => database.connectInternal());
  try {
    if (database !== undefined) {
      await engine.ask(owner, (duckdb) => duckdb.runQuery(connection, `USE ${database}`));
    }
    return await work(connection);
  } finally {
    void engine.ask(owner, (database) => database.disconnect(connection)).catch(() => {});
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelled());
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/**
 * The job, or `cancelled` within half a second of the abort. A worker that is stuck in this owner's work is ended; one that
 * works for somebody else goes on, and is ended only once it is stuck in this owner's.
 */
function stoppable<T>(engine: WasmEngine, owner: Owner, job: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const stop = () => {
      const watch = setInterval(() => {
        if (!isSettled && (engine.busyForMs(owner) ?? 0) >= CANCEL_MS / 2) engine.end(owner);
        if (isSettled || engine.isEnded) clearInterval(watch);
        reject(cancelled());
      }, CANCEL_MS);
    };
    signal.addEventListener("abort", stop, { once: true });
    job.then(resolve, reject).finally(() => {
      isSettled = true;
      signal.removeEventListener("abort", stop);
    });
  });
}
