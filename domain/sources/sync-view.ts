import { z } from "zod";
import { RunStatus } from "../shared/run-status";

/** What asked for a sync: a person or a token, the schedule, or a pipeline. */
export const SyncTrigger = z.enum(["manual", "schedule", "pipeline"]);
export type SyncTrigger = z.infer<typeof SyncTrigger>;

export const SyncMode = z.enum(["full_refresh", "incremental"]);
export type SyncMode = z.infer<typeof SyncMode>;

/** Where a running stream is. `installing`: the connector's packages are being fetched, which happens once per version. */
export const SyncPhase = z.enum([
  "waiting",
  "installing",
  "connecting",
  "reading",
  "staging",
  "committing",
  "done",
]);
export type SyncPhase = z.infer<typeof SyncPhase>;

export const SyncError = z.object({
  code: z.string(),
  /** Why, in words a person can act on. Secrets are masked. */
  message: z.string(),
  hint: z.string().nullable(),
  /** First lines of the underlying error, for example of the connector's traceback. */
  detail: z.string().nullable(),
  retryable: z.boolean(),
});
export type SyncError = z.infer<typeof SyncError>;

/** How the source's schema differed from the table's, and what the policy did about it. */
export const SchemaChange = z.object({
  /** `added`, `dropped`, `renamed`, `widened`, `incompatible`. */
  kind: z.string(),
  column: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** `evolved`, `frozen`, `row_discarded`, `value_discarded`, `quarantined`. */
  action: z.string(),
  /** How many rows or values it touched, where that is counted. */
  count: z.number().nullable(),
  text: z.string(),
});
export type SchemaChange = z.infer<typeof SchemaChange>;

export const StreamView = z.object({
  name: z.string(),
  /** The source's own namespace, for example a database schema. */
  namespace: z.string().nullable(),
  syncMode: SyncMode,
  status: RunStatus,
  /** Of the newest attempt, from 1; 0 before the first. */
  attempt: z.int(),
  maxAttempts: z.int(),
  /** While `retrying`: when the next attempt begins. */
  nextAttemptAt: z.date().nullable(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  phase: SyncPhase,
  /** Rows read so far. */
  rows: z.number(),
  /** Rows that are committed to the table, which readers see. */
  rowsCommitted: z.number(),
  /** Bytes read so far. */
  bytes: z.number(),
  bytesCommitted: z.number(),
  checkpoints: z.int(),
  /** Over the attempt; null before a second has passed. */
  rowsPerSecond: z.number().nullable(),
  /** 0–1; null where the source does not say how much there is. */
  progressShare: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** Age of the table's data: seconds since the last sync of this stream that succeeded began. Null before the first. */
  lagSeconds: z.number().nullable(),
  /** The committed cursor, as text. */
  cursor: z.string().nullable(),
  /** Three parts: `lake.shopify_orders.orders`. */
  table: z.string(),
  snapshotId: z.string().nullable(),
  /** The stream's table is read anew from the beginning. */
  refresh: z.boolean(),
  error: SyncError.nullable(),
  schemaChanges: z.array(SchemaChange),
});
export type StreamView = z.infer<typeof StreamView>;

/** How many streams are in each state that occurs. */
export const StreamCounts = z.partialRecord(RunStatus, z.int());
export type StreamCounts = z.infer<typeof StreamCounts>;

export const StreamState = z.object({
  name: z.string(),
  namespace: z.string().nullable(),
  status: RunStatus,
});
export type StreamState = z.infer<typeof StreamState>;

export const SyncSummary = z.object({
  id: z.string(),
  connection: z.string(),
  /** Of the document that it runs. */
  connectionVersion: z.int(),
  number: z.int(),
  /** The worst of its streams: one failed stream makes it `failed`, with `streamCounts` telling the rest. */
  status: RunStatus,
  streamCounts: StreamCounts,
  /** In the order of its document. */
  streamStates: z.array(StreamState),
  trigger: SyncTrigger,
  startedBy: z.string(),
  /** The fire time that a scheduled sync stands for. */
  scheduledFor: z.date().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  rows: z.number(),
  rowsCommitted: z.number(),
  bytes: z.number(),
  /** Of the stream that failed first. */
  error: SyncError.nullable(),
});
export type SyncSummary = z.infer<typeof SyncSummary>;

export const SyncView = SyncSummary.extend({ streams: z.array(StreamView) });
export type SyncView = z.infer<typeof SyncView>;

export const SyncLogLine = z.object({
  stream: z.string(),
  attempt: z.int(),
  seq: z.int(),
  at: z.date(),
  level: z.enum(["debug", "info", "warn", "error"]),
  text: z.string(),
});
export type SyncLogLine = z.infer<typeof SyncLogLine>;
