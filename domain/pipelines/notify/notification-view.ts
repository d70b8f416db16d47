import { z } from "zod";
import { NotificationChannel } from "./notification-rules";

export const NotificationTargetView = z.object({
  channel: NotificationChannel,
  name: z.string(),
  /** Enough to know it again: `https://hooks.slack.com/…f3Qx`. */
  masked: z.string(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type NotificationTargetView = z.infer<typeof NotificationTargetView>;

export const DeliveryView = z.object({
  id: z.string(),
  event: z.enum(["failure", "success", "warning"]),
  channel: NotificationChannel,
  target: z.string(),
  status: z.enum(["waiting", "sent", "given_up"]),
  attempts: z.int(),
  /** Why the last try failed. */
  lastError: z.string().nullable(),
  /** Of the next try, while it waits. */
  dueAt: z.date(),
  sentAt: z.date().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
