export type CatalogTable = {
  /** Three parts: `analytics.derived.demand_features`. */
  name: string;
  /** Parquet files of the current version. */
  uris: string[];
  rowCount: number;
  bytes: number;
  columns: { name: string; type: string }[];
  version: number;
  committedAt: Date;
  /** What wrote it, for people: `run <id>`, `sample data`. */
  writtenBy: string;
};

export type TableCommit = {
  name: string;
  rowCount: number;
  bytes: number;
  columns: { name: string; type: string }[];
  writtenBy: string;
  /** Equal keys commit once: a step repeated after a crash returns the first commit's table. */
  idempotencyKey: string;
};

/**
 * Tables of one workspace's lake, each a versioned list of Parquet files. The Iceberg catalog takes this place later.
 *
 * A commit is atomic: a reader sees the version before or the version after.
 * Failures: `not_found` (no such table), `invalid_input` (a name that is not three identifiers).
 */
export interface TableCatalog {
  list(workspaceId: string): Promise<CatalogTable[]>;
  find(workspaceId: string, name: string): Promise<CatalogTable | null>;
  /** A path to write a new Parquet file to; nothing sees it until `commit`. Equal keys give the same path. */
  stage(workspaceId: string, name: string, idempotencyKey: string): Promise<string>;
  /** Makes the staged file of `idempotencyKey` the table's current version. */
  commit(workspaceId: string, commit: TableCommit): Promise<CatalogTable>;
}
