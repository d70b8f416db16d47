import type { PlanNode } from "../query/plan-node";
import type { ResultColumn } from "../query/result-column";
import type { ParquetWritten, TableLocation } from "./query-engine";

/** A database that statements read under `catalog`. It is reached as a role that owns nothing, and never written. */
export type AttachedDatabase = {
  /** As statements spell it: the connection's name, or `postgresql`. */
  catalog: string;
  kind: "postgres";
  host: string;
  port: number;
  database: string;
  user: string;
  /** Opened; never part of an error, a log or an answer. */
  password: string;
  ssl: "disable" | "prefer" | "require";
  /**
   * PostgreSQL's `options` at the start of a session (`-c default_transaction_read_only=on -c role=pg_read_all_data`):
   * read-only transactions, and where the user owns the server a role that owns nothing. Absent or empty: none.
   */
  options?: string;
};

/** A catalog by a connector of Trino's own, as a catalog document describes it. Other engines have none. */
export type ForeignCatalog = {
  /** As statements spell it. */
  catalog: string;
  connector: string;
  /** With the secrets in their places; never part of an error, a log or an answer. */
  properties: Record<string, string>;
};

/** One statement in the engine's own dialect, every name as the engine knows it. */
export type EngineStatement = {
  sql: string;
  workspaceId: string;
  /** The Iceberg tables that it may read, each at one snapshot, by their three-part names. */
  tables: TableLocation[];
  databases: AttachedDatabase[];
  /** Catalogs by documents, for engines that have connectors of their own. */
  foreignCatalogs?: ForeignCatalog[];
};

export type StatementProgress = { share: number | null; rowsRead: number | null; bytesRead: number | null };

export type StatementListener = {
  /** The statement left the queue. */
  onStart?: () => void;
  onColumns?: (columns: ResultColumn[]) => void;
  /** Rows and bytes that can be read from the spool so far; at most ten times a second, and at once for the first. */
  onRows?: (kept: { rows: number; bytes: number }) => void;
  onProgress?: (progress: StatementProgress) => void;
};

export type StatementControl = StatementListener & {
  signal?: AbortSignal;
  /** 0 means no limit. */
  timeoutMs?: number;
};

export type StatementOutcome = { rows: number; bytes: number } & Omit<StatementProgress, "share">;

/**
 * Runs single statements that return rows. A statement whose signal is aborted is stopped in the engine itself within half
 * a second, and `run` rejects with `cancelled`.
 *
 * Failures: `invalid_input` (the statement is wrong or not allowed; `errors[0].pointer` is `/sql/<offset>` where the engine
 * names a place, an offset in UTF-16 units of the statement as given), `resource_exhausted`, `timed_out`, `cancelled`,
 * `engine_unavailable` (retryable), `engine_failed`.
 */
export interface StatementEngine {
  /** Keeps the rows in `folder` as a result spool (domain/query/result-spool.ts), which is removed where it fails. */
  run(statement: EngineStatement, folder: string, control?: StatementControl): Promise<StatementOutcome>;
  /** Writes the rows as one Parquet file (zstd) at `path`, a file or an object of the bucket, wholly or not at all. */
  writeParquet(
    statement: EngineStatement,
    path: string,
    control?: StatementControl,
  ): Promise<ParquetWritten & Omit<StatementProgress, "share">>;
  /** The plan; with `analyze` the statement is run, its rows dropped, and each step has its rows and time. */
  explain(statement: EngineStatement, options: { analyze: boolean; signal?: AbortSignal }): Promise<PlanNode>;
  health(): Promise<{ version: string; detail: string }>;
  close(): Promise<void>;
}
