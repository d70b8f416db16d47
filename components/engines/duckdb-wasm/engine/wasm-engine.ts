import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import { Failure } from "@/domain/shared/failure";
import { watchedWorker } from "./watched-worker";

/** The one folder of files that statements of the app may read or write. Files are registered under it. */
export const FILES_FOLDER = "workbench_files/";

/** Who asked something of a worker: what has to go back when the worker is ended for it. */
export type Owner = object;

/** One worker with one DuckDB in it. It works on one request after the other, in the order in which they came. */
export type WasmEngine = {
  /** A request for `owner`; rejects with `EngineEnded` where the worker went before it answered. */
  ask: <T>(owner: Owner, request: (database: AsyncDuckDB) => Promise<T>) => Promise<T>;
  /** For how many ms the worker has been working on requests of this owner and on none other; null where it is not. */
  busyForMs: (owner: Owner) => number | null;
  /** Ends the worker at once. `owner` is whose fault it is. */
  end: (owner: Owner | null) => void;
  readonly isEnded: boolean;
};

/** The worker went. `owner` is for whom or because of whom; null where nobody knows. */
export class EngineEnded extends Error {
  constructor(readonly owner: Owner | null) {
    super("The browser's DuckDB was ended.");
  }
}

/** Nothing is fetched from elsewhere: an extension that cannot be had corrupts the worker for good. */
const settings = (memoryBytes: number): string[] => [
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
  `SET allowed_directories = ['${FILES_FOLDER}']`,
  "SET enable_external_access = false",
  `SET memory_limit = '${Math.floor(memoryBytes / 2 ** 20)}MiB'`,
  "SET lock_configuration = true",
  "CREATE SCHEMA kept",
  "CREATE SCHEMA drafts",
];

/**
 * Starts a worker. `base` is the address of the folder with `duckdb-eh.wasm` and `duckdb-browser-eh.worker.js`.
 * Failures: `engine_unavailable` where the browser cannot run it or the files cannot be had.
 */
export async function startWasmEngine(base: string, memoryBytes: number): Promise<WasmEngine> {
  const folder = new URL(base, location.href).href;
  let engine: WasmEngine | null = null;
  try {
    engine = engineOf((onGone) => watchedWorker(`${folder}/duckdb-browser-eh.worker.js`, onGone));
    const starter: Owner = {};
    await engine.ask(starter, (database) => database.instantiate(`${folder}/duckdb-eh.wasm`));
    await engine.ask(starter, (database) =>
      database.open({ path: ":memory:", query: { queryPollingInterval: 20 } }),
    );
    const connection = await engine.ask(starter, (database) => database.connectInternal());
    for (const sql of settings(memoryBytes)) {
      await engine.ask(starter, (database) => database.runQuery(connection, sql));
    }
    await engine.ask(starter, (database) => database.disconnect(connection));
    return engine;
  } catch (cause) {
    engine?.end(null);
    throw new Failure("engine_unavailable", "DuckDB could not be started in this page.", {
      hint: "Run the statement on the server, or try another browser.",
      retryable: true,
      cause,
    });
  }
}

type Request = { owner: Owner; reject: (ended: EngineEnded) => void };

function engineOf(start: (onGone: () => void) => Worker): WasmEngine {
  const waiting: Request[] = [];
  let headSince = 0;
  let isEnded = false;

  const end = (owner: Owner | null) => {
    if (isEnded) return;
    isEnded = true;
    worker.terminate();
    for (const { reject } of waiting) reject(new EngineEnded(owner));
  };
  const worker = start(() => end(waiting[0]?.owner ?? null));
  const database = new AsyncDuckDB(new VoidLogger(), worker);

  const answered = (request: Request) => {
    const at = waiting.indexOf(request);
    const next = waiting[at + 1];
    waiting.splice(at, 1);
    if (at === 0 && next?.owner !== request.owner) headSince = performance.now();
  };

  return {
    ask: (owner, ask) =>
      new Promise((resolve, reject) => {
        if (isEnded) throw new EngineEnded(null);
        const request: Request = { owner, reject };
        if (waiting.push(request) === 1) headSince = performance.now();
        void ask(database)
          .then(resolve, reject)
          .finally(() => answered(request));
      }),
    busyForMs: (owner) => (waiting[0]?.owner === owner ? performance.now() - headSince : null),
    end,
    get isEnded() {
      return isEnded;
    },
  };
}
