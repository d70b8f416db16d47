import { z } from "zod";
import type { DeliveryView } from "../../../domain/pipelines/notify/notification-view";
import { Failure } from "../../../domain/shared/failure";
import { type Rows, recordAudit, requireRole, type WorkspaceScope } from "../../workspaces/index";
import type { NotificationStore, StoredDelivery } from "./notification-store";

export type NotificationScope = WorkspaceScope<{ notifications: NotificationStore; db: Rows }>;

export const RunNotificationsInput = z.object({ runId: z.string() });

/** The messages that a run owed, and what became of them; none for the runs of other workspaces. */
export async function runNotifications(
  { notifications, workspace, role }: Omit<NotificationScope, "db">,
  { runId }: z.infer<typeof RunNotificationsInput>,
): Promise<DeliveryView[]> {
  requireRole({ role }, "viewer");
  const found = await notifications.deliveries(runId);
  return found.filter((each) => each.workspaceId === workspace.id).map(toView);
}

export const DeliveryIdInput = z.object({ deliveryId: z.string() });

/** Sends a message once more, with the same key. Failures: `not_found`. */
export async function sendAgain(
  scope: NotificationScope,
  { deliveryId }: z.infer<typeof DeliveryIdInput>,
): Promise<DeliveryView> {
  requireRole(scope, "analyst");
  const found = await scope.notifications.delivery(deliveryId);
  if (found === null || found.workspaceId !== scope.workspace.id)
    throw new Failure("not_found", `There is no message ${deliveryId} in this workspace.`);
  await scope.notifications.restartDelivery(deliveryId, scope.clock.now());
  await recordAudit(scope, "notification.sent_again", deliveryId, { runId: found.runId });
  return toView((await scope.notifications.delivery(deliveryId)) ?? found);
}

const toView = ({
  id,
  event,
  channel,
  target,
  status,
  attempts,
  lastError,
  dueAt,
  sentAt,
}: StoredDelivery) => ({
  id,
  event,
  channel,
  target,
  status,
  attempts,
  lastError,
  dueAt,
  sentAt,
});
