import type { Rows } from "./rows";

/** An Iceberg table at one moment: the state that the metadata file describes, or one snapshot of it. */
export type IcebergLocation = {
  metadataLocation: string;
  /** Absent or null: the current snapshot of the metadata file. */
  snapshotId?: string | null;
  /** Only the rows that lie in these data files. */
  onlyFiles?: string[];
};

/** A table as the engine finds it. `name` has three parts (`lake.sample.transactions`); `uris` are Parquet files. */
export type TableLocation = { name: string } & (IcebergLocation | { uris: string[] });

export type QueryOptions = {
  /** Tables that the statement may read. Nothing else is reachable. */
  tables: TableLocation[];
  signal?: AbortSignal;
  /** 0 means no limit. */
  timeoutMs?: number;
};

export type ParquetWritten = { rowCount: number; bytes: number; columns: { name: string; type: string }[] };

/**
 * Runs one read-only SQL statement.
 *
 * Failures: `invalid_input` (the statement is wrong or not a single SELECT), `resource_exhausted` (out of memory or
 * disk), `timed_out`, `cancelled` (the signal), `engine_unavailable` (retryable), `engine_failed`.
 */
export interface QueryEngine {
  /** All rows, at most `limit`; `truncated` says that there were more. Bigint and decimal come as strings, dates as ISO strings. */
  rows(sql: string, options: QueryOptions & { limit: number }): Promise<Rows>;
  /** Writes the result as one Parquet file (zstd) at `path`, a file or an object of the bucket, wholly or not at all. */
  writeParquet(sql: string, path: string, options: QueryOptions): Promise<ParquetWritten>;
  health(): Promise<{ version: string; detail: string }>;
  close(): Promise<void>;
}
