import type { ParquetWritten, TableLocation } from "../../../domain/ports/query-engine";
import type { Rows } from "../../../domain/ports/rows";
import type { StatementReads } from "../../../domain/ports/statement-checker";
import type { FailureCode, InputError } from "../../../domain/shared/failure";

/** Limits of one statement's own DuckDB instance. */
type EngineLimits = { memoryLimitBytes: number; threads: number; tempDir: string };

/** Where the engine finds its extensions; null where it has to fetch them. `cacheDir` keeps what it fetched. */
export type ExtensionSettings = { dir: string | null; cacheDir: string };

/** How the objects of a bucket are reached. */
export type S3Access = {
  /** Null for the cloud's own. */
  endpoint: string | null;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `s3://bucket/prefix`: nothing outside of it is read. */
  scope: string;
};

export type StatementSettings = { limits: EngineLimits; extensions: ExtensionSettings; s3: S3Access | null };

export type StatementWork = { sql: string; tables: TableLocation[]; settings: StatementSettings } & (
  | { kind: "rows"; limit: number }
  /** A local `partialPath` lies in the folder of `path` and is renamed to it at the end; an object needs none. */
  | { kind: "writeParquet"; path: string; partialPath: string | null }
);

/** Asks whether a statement may run, and what it reads. */
export type CheckWork = { kind: "check"; sql: string; tables: string[]; databases: string[] };

export type DuckdbWork = StatementWork | CheckWork | { kind: "health" };

export type DuckdbRequest = { id: number; work: DuckdbWork } | { id: number; cancel: true };

export type DuckdbResult =
  | { rows: Rows }
  | { written: ParquetWritten }
  | { version: string }
  | { reads: StatementReads };

export type DuckdbProblem = {
  code: FailureCode;
  message: string;
  hint?: string;
  retryable?: boolean;
  errors?: InputError[];
};

export type DuckdbResponse = { id: number; result: DuckdbResult } | { id: number; problem: DuckdbProblem };
