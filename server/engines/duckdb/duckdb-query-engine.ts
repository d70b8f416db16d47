import { randomUUID } from "node:crypto";
import { mkdir, realpath, rm } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, sep } from "node:path";
import type { QueryEngine, QueryOptions, TableLocation } from "../../../domain/ports/query-engine";
import { parseTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";
import type { DuckdbResult, DuckdbWork } from "./duckdb-messages";
import { engineProcess } from "./engine-process";
import { slots } from "./slots";

/** Statements that run at one time; each has its share of the memory. The others wait. */
const CONCURRENT_STATEMENTS = 2;

export type DuckdbOptions = {
  /** The built `duckdb-process`. */
  processPath: string;
  /** Flags of its Node process. */
  execArgv?: string[];
  /** Of all statements together. */
  memoryLimitBytes: number;
  threads: number;
  /** Intermediate data that exceeds the memory. */
  tempDir: string;
  readableDirs: string[];
  writableDirs: string[];
};

/** DuckDB in a process of its own: neither its crash nor its memory is this process's. */
export function duckdbQueryEngine(options: DuckdbOptions): QueryEngine {
  const engine = engineProcess(options);
  const slot = slots(CONCURRENT_STATEMENTS);
  const limits = {
    memoryLimitBytes: Math.floor(options.memoryLimitBytes / CONCURRENT_STATEMENTS),
    threads: options.threads,
    tempDir: options.tempDir,
  };

  const perform = async (
    work: DuckdbWork,
    { signal, timeoutMs = 0 }: Partial<QueryOptions>,
  ): Promise<DuckdbResult> => {
    const stop = stopper(signal, timeoutMs);
    try {
      const release = await stop.orStopped(slot.acquire());
      try {
        await mkdir(options.tempDir, { recursive: true });
        const { answer, interrupt } = engine.request(work);
        stop.onStop(interrupt);
        return await answer;
      } finally {
        release();
      }
    } finally {
      stop.dispose();
    }
  };

  return {
    async rows(sql, { tables, limit, ...rest }) {
      const located = await locate(tables, options.readableDirs);
      const result = await perform({ kind: "rows", sql, tables: located, limit, limits }, rest);
      if ("rows" in result) return result.rows;
      throw unexpected();
    },

    async writeParquet(sql, path, { tables, ...rest }) {
      const located = await locate(tables, options.readableDirs);
      const folder = await insideOf(options.writableDirs, dirname(path));
      const target = join(folder, basename(path));
      const partialPath = `${target}.${randomUUID()}.partial`;
      try {
        const work = {
          kind: "writeParquet",
          sql,
          tables: located,
          path: target,
          partialPath,
          limits,
        } as const;
        const result = await perform(work, rest);
        if ("written" in result) return result.written;
        throw unexpected();
      } finally {
        await rm(partialPath, { force: true });
      }
    },

    async health() {
      const result = await engine.request({ kind: "health" }).answer;
      if (!("version" in result)) throw unexpected();
      const memory = `${(options.memoryLimitBytes / 1024 ** 3).toFixed(1)} GiB`;
      return { version: result.version, detail: `${options.threads} threads, up to ${memory} of memory` };
    },

    close: () => engine.close(),
  };
}

/** Resolves links, and refuses tables whose files lie elsewhere than in the folders of the lake. */
async function locate(tables: TableLocation[], readableDirs: string[]): Promise<TableLocation[]> {
  return Promise.all(
    tables.map(async ({ name, uris }) => {
      parseTableName(name);
      const files = uris.map(async (uri) => join(await insideOf(readableDirs, dirname(uri)), basename(uri)));
      return { name, uris: await Promise.all(files) };
    }),
  );
}

async function insideOf(allowed: string[], folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => null);
  const roots = await Promise.all(allowed.map((dir) => realpath(dir).catch(() => null)));
  const inside = roots.some((root) => root !== null && (real === root || real?.startsWith(root + sep)));
  if (real === null || !isAbsolute(folder) || !inside) {
    throw new Failure("invalid_input", "A file lies outside of the folders that the query engine may use.", {
      cause: folder,
    });
  }
  return real;
}

type Stopper = {
  /** A release function, unless the stop comes first; one that comes too late is given back. */
  orStopped(acquired: Promise<() => void>): Promise<() => void>;
  onStop(act: (reason: Failure) => void): void;
  dispose(): void;
};

/** Brings the caller's signal and the time limit together; whichever comes first gives the reason. */
function stopper(signal: AbortSignal | undefined, timeoutMs: number): Stopper {
  let reason: Failure | null = null;
  const acts: ((reason: Failure) => void)[] = [];
  const stop = (failure: Failure) => {
    reason ??= failure;
    for (const act of acts) act(reason);
  };
  const abort = () => stop(new Failure("cancelled", "The statement was cancelled."));
  const late = () =>
    stop(new Failure("timed_out", `The statement did not end within ${Math.ceil(timeoutMs / 1000)} s.`));
  signal?.addEventListener("abort", abort, { once: true });
  const timer = timeoutMs > 0 ? setTimeout(late, timeoutMs) : undefined;
  if (signal?.aborted) abort();

  return {
    onStop(act) {
      acts.push(act);
      if (reason !== null) act(reason);
    },
    orStopped(acquired) {
      return new Promise((resolve, reject) => {
        this.onStop(reject);
        acquired.then((release) => (reason === null ? resolve(release) : release()), reject);
      });
    },
    dispose() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      acts.length = 0;
    },
  };
}

const unexpected = () => new Failure("engine_failed", "The query engine gave an answer of another kind.");
