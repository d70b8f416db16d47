import type { ParquetWritten, TableLocation } from "../../../domain/ports/query-engine";
import type { Rows } from "../../../domain/ports/rows";
import type { FailureCode } from "../../../domain/shared/failure";

/** Limits of one statement's own DuckDB instance. */
type EngineLimits = { memoryLimitBytes: number; threads: number; tempDir: string };

export type DuckdbWork =
  | { kind: "rows"; sql: string; tables: TableLocation[]; limit: number; limits: EngineLimits }
  /** `partialPath` lies in the folder of `path` and is renamed to it at the end. */
  | {
      kind: "writeParquet";
      sql: string;
      tables: TableLocation[];
      path: string;
      partialPath: string;
      limits: EngineLimits;
    }
  | { kind: "health" };

export type DuckdbRequest = { id: number; work: DuckdbWork } | { id: number; cancel: true };

export type DuckdbResult = { rows: Rows } | { written: ParquetWritten } | { version: string };

export type DuckdbProblem = { code: FailureCode; message: string; hint?: string; retryable?: boolean };

export type DuckdbResponse = { id: number; result: DuckdbResult } | { id: number; problem: DuckdbProblem };
