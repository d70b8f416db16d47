import type { QueryRun } from "@/domain/query/query-run";

/** A run for tests. */
export const fakeRun = (fields: Partial<QueryRun> = {}): QueryRun => ({
  id: "11111111-1111-4111-8111-111111111111",
  sql: "SELECT 1",
  dialect: "trino",
  kind: "select",
  status: "succeeded",
  placement: { engine: "duckdb", reason: "the tables lie on the server", chosen: "auto" },
  translated: null,
  columns: [{ name: "a", type: "bigint" }],
  rows: 1,
  bytes: 8,
  rowsRead: null,
  bytesRead: null,
  progressShare: null,
  elapsedMs: 190,
  reads: [],
  writes: [],
  resultKept: true,
  savedQuery: null,
  error: null,
  createdBy: "Ada",
  createdAt: new Date(0),
  startedAt: new Date(0),
  endedAt: new Date(190),
  ...fields,
});
