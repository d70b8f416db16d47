import type { Cell } from "./rows";

/** Results that a question is asked of, by the name that the question gives them: the folders of their spools. */
export type ResultSources = Record<string, string>;

/**
 * Asks results that were kept, by SELECT statements in DuckDB's dialect that the app itself wrote; a result is a table
 * under its name, its columns `c0`, `c1`, … in their order, with `row_number` (bigint, from 0) behind them.
 *
 * Failures: `not_found` (a result was let go), `resource_exhausted`, `timed_out`, `cancelled`, `engine_unavailable`.
 */
export interface ResultReader {
  /** A few rows, as JSON values; bigints and decimals as text. */
  rows(
    sources: ResultSources,
    sql: string,
    options: { signal?: AbortSignal; timeoutMs: number },
  ): Promise<Cell[][]>;
  /** Keeps the row numbers that `sql` gives, in their order, as little-endian 64-bit numbers in `file`, wholly or not at all. */
  order(
    sources: ResultSources,
    sql: string,
    file: string,
    options: { signal?: AbortSignal },
  ): Promise<{ rows: number }>;
  /** Rows `[offset, offset + limit)` of an order, gathered from the result, as one Arrow IPC stream. */
  gather(folder: string, file: string, offset: number, limit: number): Promise<Uint8Array>;
  /** The result in a file format, in the order of the file of row numbers where one is given; streamed. */
  export(
    folder: string,
    options: { format: "csv" | "json" | "parquet" | "arrow"; order: string | null; signal: AbortSignal },
  ): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
