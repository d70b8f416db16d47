/** What results of statements may take. */
export type QueryLimits = {
  /** One result. */
  resultBytes: number;
  /** All results of a workspace; the oldest are let go first. */
  workspaceBytes: number;
  /** Results are let go this long after they were made. */
  keptMs: number;
  /** What the disk is left with. */
  freeBytes: number;
  timeoutMs: number;
  /** What one statement of DuckDB may hold in memory. */
  memoryBytes: number;
  cores: number;
};
