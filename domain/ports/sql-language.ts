import type { Dialect, EngineName } from "../query/dialect";
import type { StatementKind } from "../query/query-run";

/** What the language has to know of a table that can be read. Types as Trino spells them. */
export type KnownTable = {
  /** Three parts, as people write it. */
  name: string;
  columns: { name: string; type: string }[];
};

export type PrepareInput = {
  /** One statement, parameters filled in. */
  sql: string;
  /** How it is written, and for which engine it is to be. */
  dialect: Dialect;
  engine: EngineName;
  tables: KnownTable[];
  /** For Trino: the physical name of each catalog, and the snapshot at which each table is to be read. */
  catalogs?: Record<string, string>;
  snapshots?: Record<string, string | null>;
};

export type PreparedSql = {
  kind: StatementKind;
  /**
   * For the engine: the SELECT that gives the rows, in its dialect, each table under its three-part name (physical for
   * Trino). Empty for `drop_table`.
   */
  sql: string;
  /** Tables that it reads, by their three-part names. */
  reads: string[];
  write: {
    table: string;
    mode: "create" | "replace" | "append" | "drop";
    ifExists: boolean;
    columns: string[] | null;
  } | null;
  /** EXPLAIN ANALYZE: the plan is to tell what happened, so the query runs. */
  isAnalyzed?: boolean;
  /** Whether the order of the rows is part of the answer. */
  isOrdered: boolean;
  /** Stretches of `sql` that stem from the text as written, ascending: [start in `sql`, start as written, length as written]. */
  origins: [number, number, number][];
};

/**
 * Understands statements: what they are, what they read and write, and how another engine is asked the same.
 *
 * Failures: `invalid_input` for a syntax error, an unknown or ambiguous table (with the nearest names), a kind of statement
 * that is not offered, and a construct whose meaning would differ on that engine (the message names it, the hint offers a
 * rewrite); `errors[0].pointer` is `/sql/<offset>`. `resource_exhausted` where the text is too large or deep.
 */
export interface SqlLanguage {
  prepare(input: PrepareInput, signal?: AbortSignal): Promise<PreparedSql>;
  close(): Promise<void>;
}
