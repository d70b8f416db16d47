import { randomUUID } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import path from "node:path";
import { allowedPlaces } from "../../../domain/ports/allowed-places";
import type { ParquetWritten, TableLocation } from "../../../domain/ports/query-engine";
import type { StatementChecker } from "../../../domain/ports/statement-checker";
import type {
  EngineStatement,
  StatementControl,
  StatementEngine,
  StatementOutcome,
  StatementProgress,
} from "../../../domain/ports/statement-engine";
import { parseTableName } from "../../../domain/ports/table-name";
import type { PlanNode } from "../../../domain/query/plan-node";
import type { ResultColumn } from "../../../domain/query/result-column";
import { Failure } from "../../../domain/shared/failure";
import { isBucketObject } from "../../../domain/shared/is-bucket-object";
import { tempFolders } from "./temp-folders";
import type { WorkerMessage } from "./worker-messages";
import { workerPool } from "./worker-pool";

/** How the objects of a bucket are reached. */
export type BucketAccess = {
  /** Null for the cloud's own. */
  endpoint: string | null;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `s3://bucket/prefix`: nothing outside of it is read. */
  scope: string;
};

export type DuckdbStatementOptions = {
  /** Interpreter of the lake's environment. */
  python: string;
  /** Folder of the package `workbench_query`. */
  packageDir: string;
  /** Decides what may run, before a worker sees it. */
  checker: StatementChecker;
  /** Statements that run at one time, each in a process of its own; the others wait. */
  concurrency: number;
  /** Of all statements together. */
  memoryLimitBytes: number;
  threads: number;
  /** Intermediate data that exceeds the memory, at most so many bytes a statement. */
  tempDir: string;
  tempLimitBytes?: number;
  /** Folders, or `s3://bucket/prefix`. */
  readableDirs: string[];
  writableDirs: string[];
  /** Folder of the `*.duckdb_extension` files; where there is none they are fetched. */
  extensionsDir?: string | undefined;
  s3?: BucketAccess | null;
};

const places = allowedPlaces({ ...path, realpath });

const TEMP_LIMIT_BYTES = 32 * 1024 ** 3;

/** DuckDB in Python processes: each statement has an instance, and while it runs a process, of its own. */
export function duckdbStatementEngine(
  options: DuckdbStatementOptions,
): StatementEngine & { pids(): number[] } {
  const pool = workerPool({
    python: options.python,
    packageDir: options.packageDir,
    role: "run",
    processes: options.concurrency,
    requestsPerProcess: 1,
  });
  const settings = {
    limits: {
      memoryLimitBytes: Math.floor(options.memoryLimitBytes / options.concurrency),
      threads: options.threads,
      tempLimitBytes: options.tempLimitBytes ?? TEMP_LIMIT_BYTES,
    },
    extensions: { dir: options.extensionsDir ?? null, cacheDir: path.join(options.tempDir, "extensions") },
    s3: options.s3 ?? null,
  };

  const folders = tempFolders(options.tempDir);

  const perform = async (
    kind: string,
    statement: EngineStatement,
    fields: Record<string, unknown>,
    control: StatementControl,
  ): Promise<unknown> => {
    if (control.signal?.aborted) throw new Failure("cancelled", "The statement was cancelled.");
    const reads = await permitted(statement, options);
    const temp = await folders.make();
    const { signal, timeoutMs = 0, onStart } = control;
    const limits = { ...settings.limits, tempDir: temp.path };
    const request = { sql: statement.sql, ...reads, settings: { ...settings, limits }, timeoutMs, ...fields };
    try {
      return await pool.request(kind, request, {
        signal,
        timeoutMs,
        onStart,
        onEvent: (event) => tell(event, control),
      });
    } finally {
      await temp.remove();
    }
  };

  return {
    async run(statement, folder, control = {}) {
      const target = await places.folder(folder, options.writableDirs);
      try {
        return (await perform("run", statement, { folder: target }, control)) as StatementOutcome;
      } catch (failure) {
        await rm(target, { recursive: true, force: true });
        throw failure;
      }
    },

    async writeParquet(statement, file, control = {}) {
      const target = await places.file(file, options.writableDirs);
      const partialPath = isBucketObject(target) ? null : `${target}.${randomUUID()}.partial`;
      try {
        const written = await perform("write_parquet", statement, { path: target, partialPath }, control);
        return written as ParquetWritten & Omit<StatementProgress, "share">;
      } finally {
        if (partialPath !== null) await rm(partialPath, { force: true });
      }
    },

    async explain(statement, { analyze, signal }) {
      const control = signal === undefined ? {} : { signal };
      return (await perform("explain", statement, { analyze }, control)) as PlanNode;
    },

    async health() {
      const { version } = (await pool.request("health", {})) as { version: string };
      const memory = `${(options.memoryLimitBytes / 1024 ** 3).toFixed(1)} GiB`;
      return { version, detail: `${options.concurrency} statements at a time, up to ${memory} of memory` };
    },

    close: () => pool.close(),
    pids: () => pool.pids(),
  };
}

/** What the statement reads of what it may read, with its files in place. */
async function permitted(
  { sql, tables, databases }: EngineStatement,
  { checker, readableDirs }: DuckdbStatementOptions,
): Promise<{ tables: TableLocation[]; databases: EngineStatement["databases"] }> {
  for (const { name } of tables) parseTableName(name);
  const reads = await checker.check(sql, {
    tables: tables.map(({ name }) => name),
    databases: databases.map(({ catalog }) => catalog),
  });
  const named = new Set(reads.tables);
  const catalogs = new Set(reads.databases);
  return {
    tables: await places.tables(
      tables.filter(({ name }) => named.has(name)),
      readableDirs,
    ),
    databases: databases.filter(({ catalog }) => catalogs.has(catalog)),
  };
}

function tell({ event, ...fields }: WorkerMessage, listener: StatementControl): void {
  if (event === "columns") listener.onColumns?.(fields.columns as ResultColumn[]);
  if (event === "rows") listener.onRows?.({ rows: Number(fields.rows), bytes: Number(fields.bytes) });
  if (event === "progress") {
    listener.onProgress?.({ share: fields.share as number | null, rowsRead: null, bytesRead: null });
  }
}
