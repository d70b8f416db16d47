import { z } from "zod";
import { FAILURE_CODES } from "../shared/failure";
import { Dialect, EngineName } from "./dialect";
import { QueryParameter } from "./query-parameter";
import { ResultColumn } from "./result-column";
import { TextPlace } from "./text-place";

export const QueryStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type QueryStatus = z.infer<typeof QueryStatus>;

export const StatementKind = z.enum(["select", "create_table_as", "insert", "drop_table", "explain"]);
export type StatementKind = z.infer<typeof StatementKind>;

/** What a statement read, for lineage: three-part names, each with the state of the table that it saw. */
export const TableRead = z.object({ table: z.string(), snapshotId: z.string().nullable() });
export type TableRead = z.infer<typeof TableRead>;
export const TableWritten = z.object({
  table: z.string(),
  mode: z.enum(["create", "replace", "append", "drop"]),
  snapshotId: z.string().nullable(),
  rows: z.number().nullable(),
});
export type TableWritten = z.infer<typeof TableWritten>;

export const QueryError = z.object({
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  hint: z.string().nullable(),
  /** In the statement as it was written; null where the engine names no place. */
  place: TextPlace.nullable(),
});
export type QueryError = z.infer<typeof QueryError>;

/** One statement that was run, as people and programs see it. */
export const QueryRun = z.object({
  id: z.string(),
  sql: z.string(),
  dialect: Dialect,
  parameters: z.array(QueryParameter),
  kind: StatementKind,
  status: QueryStatus,
  /** Where it runs and, in one line, why. */
  placement: z.object({ engine: EngineName, reason: z.string(), chosen: z.enum(["auto", "by_user"]) }),
  /** What was sent to the engine, where that differs from `sql`. */
  translated: z.string().nullable(),
  columns: z.array(ResultColumn).nullable(),
  /** Rows of the result that can be read now. */
  rows: z.number(),
  bytes: z.number(),
  rowsRead: z.number().nullable(),
  bytesRead: z.number().nullable(),
  /** 0 to 1; null where the engine does not say. */
  progressShare: z.number().nullable(),
  elapsedMs: z.number(),
  reads: z.array(TableRead),
  writes: z.array(TableWritten),
  /** False once the rows were let go; the statement itself stays in the history. */
  resultKept: z.boolean(),
  savedQuery: z.object({ name: z.string(), version: z.int().min(1).max(2_147_483_647) }).nullable(),
  error: QueryError.nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type QueryRun = z.infer<typeof QueryRun>;
