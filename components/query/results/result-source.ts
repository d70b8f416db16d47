import type { Table } from "@uwdata/flechette";
import type { Cell } from "@/domain/ports/rows";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";

/** Rows `[firstRow, firstRow + table.numRows)` of a result, decoded without loss by `decodeWindow`. */
export type ResultWindow = { firstRow: number; table: Table };

export const EXPORT_FORMATS = ["csv", "json", "parquet", "arrow"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * The rows of one result, or of a view of it, wherever they are kept: on the server or in the page. The statement is never
 * run again for any of this.
 *
 * `rows` and `isComplete` grow while a statement runs: `useSyncExternalStore(source.subscribe, () => source.rows)`, or
 * `useResultExtent(source)`. Methods need no `this`.
 *
 * Failures are of `failureOf`: `not_found` (the result was let go), `network`, `cancelled`, `resource_exhausted`, …
 */
export type ResultSource = {
  /** Other for every result and every view of it. */
  readonly id: string;
  readonly columns: readonly ResultColumn[];
  /** Rows that can be read now. */
  readonly rows: number;
  /** Whether `rows` is the last word. */
  readonly isComplete: boolean;
  /** Calls `listener` after `rows` or `isComplete` changed; gives the function that ends this. */
  subscribe: (listener: () => void) => () => void;
  /**
   * At least one row from `offset` on, at most `limit`, more where they came along; asks for rows that are not there yet, or
   * past the end, give an empty table. An aborted `signal` rejects with its reason.
   */
  read: (offset: number, limit: number, signal: AbortSignal) => Promise<ResultWindow>;
  /** The same result, sorted, filtered and searched; of a source that is a view itself, the given one replaces it. */
  view: (view: ResultView, signal: AbortSignal) => Promise<ResultSource>;
  /** Rows of compiled SQL (domain/query) over this source's rows as table `result` (columns c0, c1, …, row_number). */
  rowsOf: (sql: string, signal: AbortSignal) => Promise<Cell[][]>;
  /** All rows as a file that the browser saves: a URL to download, to be released after use where the page made it. */
  exportAs: (format: ExportFormat, signal: AbortSignal) => Promise<{ url: string; release: () => void }>;
  /** Ends what is under way and lets go of what is kept for this source. */
  close: () => void;
};
