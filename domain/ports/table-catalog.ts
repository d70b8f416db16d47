/** A column as the lake knows it; `type` is spelt as Trino spells it (`decimal(12,2)`, `timestamp(6) with time zone`). */
export type TableColumn = { id: number; name: string; type: string; required: boolean; doc: string | null };

export type CatalogTable = {
  /** Three parts: `analytics.derived.demand_features`. */
  name: string;
  /** Stays the same for as long as the table lives, whatever is written to it. */
  tableId: string;
  /** The Iceberg metadata file of this state; it never changes. */
  metadataLocation: string;
  /** Null for a table that nothing was written to. */
  snapshotId: string | null;
  rowCount: number;
  bytes: number;
  fileCount: number;
  columns: TableColumn[];
  /** Counts the commits; a later one has a higher number. */
  version: number;
  committedAt: Date;
  /** What wrote it, for people: `run <id>`, `sample data`. */
  writtenBy: string;
};

export type TableCommit = {
  name: string;
  writtenBy: string;
  /** What sort of work it is, for the timeline: `run`, `sample`, `sync`. */
  kind: string;
  /** Equal keys commit once: a step repeated after a crash returns the first commit's table. */
  idempotencyKey: string;
  /**
   * Takes the place of all rows (the default), is added to them, or takes the place of the rows with equal `key`: of
   * several rows with one key the last counts.
   */
  mode?: "overwrite" | "append" | "merge";
  /** Of a merge: the columns that tell rows apart. */
  key?: readonly string[];
  /** Lands on this branch, which is made where it is not there, and leaves what readers see as it was. */
  branch?: string;
};

/**
 * Tables of one workspace's lake. One writer commits; any number of readers read the state that they were given.
 *
 * A commit is atomic: a reader sees the state before or the state after.
 * Failures: `not_found` (no such table), `invalid_input` (a name that is not three identifiers), `engine_unavailable`
 * (the lake's writer does not answer; retryable).
 */
export interface TableCatalog {
  list(workspaceId: string): Promise<CatalogTable[]>;
  find(workspaceId: string, name: string): Promise<CatalogTable | null>;
  /** The Parquet files that hold the current rows. Fails with `conflict` where rows are deleted beside them. */
  currentFiles(workspaceId: string, name: string): Promise<string[]>;
  /** A path to write a new Parquet file to; nothing sees it until `commit`. Equal keys give the same path. */
  stage(workspaceId: string, name: string, idempotencyKey: string): Promise<string>;
  /** Commits the staged file of `idempotencyKey`; where it goes to a branch, the table is as that branch shows it. */
  commit(workspaceId: string, commit: TableCommit): Promise<CatalogTable>;
}
