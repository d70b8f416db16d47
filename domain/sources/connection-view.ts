import { z } from "zod";
import { RunStatus } from "../shared/run-status";
import { SyncMode, SyncSummary } from "./sync-view";

export const ScheduleView = z.object({
  type: z.enum(["cron", "manual"]),
  expression: z.string().nullable(),
  timeZone: z.string().nullable(),
  missed: z.enum(["run_once", "skip"]).nullable(),
  /** In words: `At 0 minutes past the hour, every 6 hours, UTC`. */
  words: z.string(),
  paused: z.boolean(),
  /** The next five, soonest first; empty where it is paused or manual. */
  nextRuns: z.array(z.date()),
});
export type ScheduleView = z.infer<typeof ScheduleView>;

export const ConnectionSummary = z.object({
  name: z.string(),
  connector: z.string(),
  connectorVersion: z.string().nullable(),
  /** `draft`: saved, never made current. */
  status: z.enum(["active", "paused", "draft"]),
  schedule: ScheduleView.nullable(),
  nextRunAt: z.date().nullable(),
  streamCount: z.int(),
  tables: z.array(z.string()),
  lastSync: SyncSummary.nullable(),
  /** The sync that is under way, if any. */
  activeSyncId: z.string().nullable(),
  /** Of the stream that is furthest behind; null before the first success of one. */
  lagSeconds: z.number().nullable(),
  /** Twice the longest of the next gaps of the schedule; null where there is no schedule. */
  lagLimitSeconds: z.number().nullable(),
  isLate: z.boolean(),
  hasDraft: z.boolean(),
  updatedAt: z.date(),
  updatedBy: z.string(),
});
export type ConnectionSummary = z.infer<typeof ConnectionSummary>;

export const ConnectionStreamView = z.object({
  name: z.string(),
  namespace: z.string().nullable(),
  syncMode: SyncMode,
  cursorField: z.string().nullable(),
  table: z.string(),
  lastStatus: RunStatus.nullable(),
  lastSyncId: z.string().nullable(),
  /** When the last sync of it that succeeded ended. */
  lastSucceededAt: z.date().nullable(),
  lagSeconds: z.number().nullable(),
  rowsCommitted: z.number().nullable(),
});
export type ConnectionStreamView = z.infer<typeof ConnectionStreamView>;

export const SecretReference = z.object({
  name: z.string(),
  isSet: z.boolean(),
  /** JSON pointers of the places that name it. */
  pointers: z.array(z.string()),
});
export type SecretReference = z.infer<typeof SecretReference>;

export const ConnectionView = ConnectionSummary.extend({
  /** The current document, as it was saved; the draft where there is no current one. */
  document: z.record(z.string(), z.unknown()),
  /** Of the current document; 0 where there is only a draft. */
  version: z.int(),
  /** The newest version of either kind. Give it back as `baseVersion` when saving: a save of somebody else is then noticed. */
  latestVersion: z.int(),
  draft: z
    .object({
      document: z.record(z.string(), z.unknown()),
      version: z.int(),
      savedAt: z.date(),
      savedBy: z.string(),
    })
    .nullable(),
  streams: z.array(ConnectionStreamView),
  secrets: z.array(SecretReference),
  versions: z.array(
    z.object({ version: z.int(), draft: z.boolean(), createdAt: z.date(), createdBy: z.string() }),
  ),
  /** The last twenty, newest first. */
  syncs: z.array(SyncSummary),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

export const SaveConnectionResult = z.object({
  name: z.string(),
  version: z.int(),
  /** The connector's version that the document is pinned to. */
  connectorVersion: z.string().nullable(),
  document: z.record(z.string(), z.unknown()),
});
export type SaveConnectionResult = z.infer<typeof SaveConnectionResult>;

/** Every complaint about a document, and what it would do. */
export const ValidateConnectionResult = z.object({
  ok: z.boolean(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })),
  schedule: ScheduleView.nullable(),
  tables: z.array(z.object({ stream: z.string(), table: z.string() })),
  secrets: z.array(SecretReference),
});
export type ValidateConnectionResult = z.infer<typeof ValidateConnectionResult>;
