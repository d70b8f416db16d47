import { z } from "zod";
import { RunStatus } from "../../shared/run-status";

/** Which fire times of a range get a run: each, those without a success, or those whose runs failed. */
export const BackfillWhich = z.enum(["all", "missing", "failed"]);
export type BackfillWhich = z.infer<typeof BackfillWhich>;

export const BackfillStatus = z.enum(["running", "paused", "cancelled", "ended"]);
export type BackfillStatus = z.infer<typeof BackfillStatus>;

export const BackfillView = z.object({
  id: z.string(),
  pipelineId: z.string(),
  pipelineVersion: z.int(),
  from: z.date(),
  /** The first moment that is no longer part of it. */
  until: z.date(),
  /** Null: the schedule's own fire times, of the version it runs. */
  cron: z.string().nullable(),
  timeZone: z.string(),
  status: BackfillStatus,
  parallel: z.int(),
  newestFirst: z.boolean(),
  which: BackfillWhich,
  /** Fire times in the range. */
  total: z.int(),
  /** Fire times that were dealt with: a run was made, or none was called for. */
  made: z.int(),
  createdBy: z.string(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
  /** How many of its runs are in each state. */
  runs: z.partialRecord(RunStatus, z.int()),
});
export type BackfillView = z.infer<typeof BackfillView>;

export const BackfillPreview = z.object({
  /** Fire times in the range. */
  total: z.int(),
  /** Runs that would be made as things stand. */
  toMake: z.int(),
  /** Of all fire times: how those that have runs stand. */
  succeeded: z.int(),
  failed: z.int(),
  underWay: z.int(),
  /** The first of those that would be made, in the order in which they would be. */
  fires: z.array(z.date()),
  timeZone: z.string(),
  words: z.string(),
  pipelineVersion: z.int(),
});
export type BackfillPreview = z.infer<typeof BackfillPreview>;

/** How the runs of one day of the calendar (in the asked zone) ended; `day` is `2026-03-29`. */
export const RunDay = z.object({ day: z.string(), succeeded: z.int(), failed: z.int(), other: z.int() });
export type RunDay = z.infer<typeof RunDay>;
