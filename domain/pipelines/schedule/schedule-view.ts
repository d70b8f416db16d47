import { z } from "zod";

/** When a pipeline starts by itself, as its page shows it. */
export const PipelineScheduleView = z.object({
  /** Null where the document has no schedule, as are the next two. */
  expression: z.string().nullable(),
  timeZone: z.string().nullable(),
  /** `At 02:00, every day (UTC)`. */
  words: z.string().nullable(),
  catchUp: z.enum(["latest", "all", "none"]),
  isPaused: z.boolean(),
  isArchived: z.boolean(),
  /** Soonest first; empty while it is paused, or the pipeline archived. */
  nextFires: z.array(z.date()),
  /** Fire times up to here are dealt with; null before the first look. */
  dealtUntil: z.date().nullable(),
});
export type PipelineScheduleView = z.infer<typeof PipelineScheduleView>;

/** What a cron says. */
export const CronExplained = z.object({ words: z.string(), nextFires: z.array(z.date()) });
