import type { RunReport } from "../../../domain/pipelines/notify/compose-message";
import type { NotificationEvent } from "../../../domain/pipelines/notify/deliveries-for";
import type { NotificationChannel } from "../../../domain/pipelines/notify/notification-rules";

export type DeliveryStatus = "waiting" | "sent" | "given_up";

export type StoredDelivery = {
  id: string;
  workspaceId: string;
  runId: string;
  event: NotificationEvent;
  channel: NotificationChannel;
  target: string;
  includeLogs: boolean;
  includeMetrics: boolean;
  status: DeliveryStatus;
  attempts: number;
  lastError: string | null;
  dueAt: Date;
  sentAt: Date | null;
};

export type StoredTarget = {
  workspaceId: string;
  channel: NotificationChannel;
  name: string;
  sealed: string;
  createdBy: string;
  createdAt: Date;
};

/** Messages that are owed, and where they go. */
export interface NotificationStore {
  /** Waiting ones whose time has come, the longest due first. */
  dueDeliveries(now: Date, limit: number): Promise<StoredDelivery[]>;
  /** Takes one for this try, until `until`. False where somebody else did since it was read. */
  claimDelivery(delivery: StoredDelivery, until: Date): Promise<boolean>;
  endDelivery(
    id: string,
    end: { status: DeliveryStatus; lastError: string | null; dueAt: Date; sentAt: Date | null },
  ): Promise<void>;
  deliveries(runId: string): Promise<StoredDelivery[]>;
  delivery(id: string): Promise<StoredDelivery | null>;
  /** Makes it due as if it had never been tried, whatever became of it. */
  restartDelivery(id: string, at: Date): Promise<void>;
  /** Makes those that wait for this target due. */
  wakeDeliveries(workspaceId: string, channel: NotificationChannel, target: string, at: Date): Promise<void>;
  /** Null where the run is gone. */
  runReport(runId: string): Promise<RunReport | null>;
  /** The last lines of the task's last attempt, in order. */
  lastLogLines(runId: string, taskId: string, limit: number): Promise<string[]>;
  targets(workspaceId: string): Promise<StoredTarget[]>;
  target(workspaceId: string, channel: NotificationChannel, name: string): Promise<StoredTarget | null>;
  putTarget(target: StoredTarget): Promise<void>;
  /** False where there is none. */
  removeTarget(workspaceId: string, channel: NotificationChannel, name: string): Promise<boolean>;
}
