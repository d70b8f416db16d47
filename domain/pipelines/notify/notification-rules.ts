import { z } from "zod";

export const NotificationChannel = z.enum(["slack", "email", "webhook"]);
export type NotificationChannel = z.infer<typeof NotificationChannel>;

/** Who is told, over what, and what the message holds besides the state of the run. */
export const NotificationRule = z.strictObject({
  channel: NotificationChannel,
  /** A name of the workspace's targets: `#ml-ops-alerts`, `on-call`. With `email` also an address. */
  target: z.string().min(1).max(320),
  /** The last lines of the log of the task that failed first. */
  include_logs: z.boolean().optional(),
  /** What the tasks measured. */
  include_metrics: z.boolean().optional(),
});
export type NotificationRule = z.infer<typeof NotificationRule>;

const oneOrMore = z.union([NotificationRule, z.array(NotificationRule).max(20)]);

/** What a document says under `notifications`. A run that was cancelled tells nobody. */
export const NotificationRules = z.strictObject({
  on_failure: oneOrMore.optional(),
  on_success: oneOrMore.optional(),
  /** For a run that succeeded although a task failed; where it is absent, `on_success` is told of that too. */
  on_warning: oneOrMore.optional(),
});
export type NotificationRules = z.infer<typeof NotificationRules>;
