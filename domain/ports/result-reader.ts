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
  /**
   * Keeps the row numbers that `sql` gives, in their order, as little-endian 64-bit numbers in `file`, wholly or not at all.
   * `totalRows` are the rows that it chose from: a result that still grows is ordered as far as it is written.
   */
  order(
    sources: ResultSources,
    sql: string,
    file: string,
    options: { signal?: AbortSignal },
  ): Promise<{ rows: number; totalRows: number }>;
  /** Rows `[offset, offset + limit)` of an order, at most 100,000, gathered from the result, as one Arrow IPC stream. */
  gather(folder: string, file: string, offset: number, limit: number): Promise<Uint8Array>;
  /**
   * The result in a file format, in the order of the file of row numbers where one is given; streamed. CSV follows RFC 4180:
   * NULL is empty, an empty text is `""`. JSON is an object a line; bigints, decimals, times, NaN and infinities are text there,
   * and columns of one name are numbered. Leaving the stream early ends the work.
   */
  export(
    folder: string,
    options: { format: "csv" | "json" | "parquet" | "arrow"; order: string | null; signal: AbortSignal },
  ): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
