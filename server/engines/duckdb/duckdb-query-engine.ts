import { randomUUID } from "node:crypto";
import { mkdir, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { allowedPlaces } from "../../../domain/ports/allowed-places";
import type { QueryEngine, QueryOptions } from "../../../domain/ports/query-engine";
import type { StatementChecker } from "../../../domain/ports/statement-checker";
import { Failure } from "../../../domain/shared/failure";
import { isBucketObject } from "../../../domain/shared/is-bucket-object";
import type { DuckdbResult, DuckdbWork, S3Access, StatementSettings } from "./duckdb-messages";
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
  /** Folders, or `s3://bucket/prefix`. */
  readableDirs: string[];
  writableDirs: string[];
  /** Folder of the `*.duckdb_extension` files; where there is none they are fetched. */
  extensionsDir?: string | undefined;
  s3?: S3Access | null;
};

const places = allowedPlaces({ ...path, realpath });

/** DuckDB in a process of its own: neither its crash nor its memory is this process's. */
export function duckdbQueryEngine(options: DuckdbOptions): QueryEngine & StatementChecker {
  const engine = engineProcess(options);
  const slot = slots(CONCURRENT_STATEMENTS);
  const settings: StatementSettings = {
    limits: {
      memoryLimitBytes: Math.floor(options.memoryLimitBytes / CONCURRENT_STATEMENTS),
      threads: options.threads,
      tempDir: options.tempDir,
    },
    extensions: { dir: options.extensionsDir ?? null, cacheDir: path.join(options.tempDir, "extensions") },
    s3: options.s3 ?? null,
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
      const located = await places.tables(tables, options.readableDirs);
      const result = await perform({ kind: "rows", sql, tables: located, limit, settings }, rest);
      if ("rows" in result) return result.rows;
      throw unexpected();
    },

    async writeParquet(sql, file, { tables, ...rest }) {
      const located = await places.tables(tables, options.readableDirs);
      const target = await places.file(file, options.writableDirs);
      const partialPath = isBucketObject(target) ? null : `${target}.${randomUUID()}.partial`;
      try {
        const work = {
          kind: "writeParquet",
          sql,
          tables: located,
          path: target,
          partialPath,
          settings,
        } as const;
        const result = await perform(work, rest);
        if ("written" in result) return result.written;
        throw unexpected();
      } finally {
        if (partialPath !== null) await rm(partialPath, { force: true });
      }
    },

    async check(sql, readable) {
      const result = await engine.request({ kind: "check", sql, ...readable }).answer;
      if ("reads" in result) return result.reads;
      throw unexpected();
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
