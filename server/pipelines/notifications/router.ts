import { z } from "zod";
import { DeliveryView, NotificationTargetView } from "../../../domain/pipelines/notify/notification-view";
import { roleProcedure, router } from "../../trpc/trpc";
import { prismaNotificationStore } from "./notification-rows";
import { DeliveryIdInput, RunNotificationsInput, runNotifications, sendAgain } from "./run-notifications";
import {
  listTargets,
  removeTarget,
  SetTargetInput,
  SetTargetResult,
  setTarget,
  TargetInput,
  testTarget,
} from "./targets";

const notificationProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(({ ctx, next }) =>
    next({ ctx: { ...ctx, scope: { ...ctx.scope, notifications: prismaNotificationStore(ctx.scope.db) } } }),
  );
const admin = notificationProcedure("admin");

export const notificationsRouter = router({
  ofRun: notificationProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}/notifications",
        summary: "The messages that a run owed, and what became of them",
      },
    })
    .input(RunNotificationsInput)
    .output(z.array(DeliveryView))
    .query(({ ctx, input }) => runNotifications(ctx.scope, input)),
  sendAgain: notificationProcedure("analyst")
    .meta({
      openapi: {
        method: "POST",
        path: "/notifications/{deliveryId}/send-again",
        summary: "Send a message once more, with the same key",
        status: 202,
      },
    })
    .input(DeliveryIdInput)
    .output(DeliveryView)
    .mutation(({ ctx, input }) => sendAgain(ctx.scope, input)),
  targets: notificationProcedure("engineer")
    .meta({
      openapi: { method: "GET", path: "/notification-targets", summary: "Where messages about runs go" },
    })
    .output(z.array(NotificationTargetView))
    .query(({ ctx }) => listTargets(ctx.scope)),
  setTarget: admin
    .meta({
      openapi: {
        method: "PUT",
        path: "/notification-targets/{channel}/{name}",
        summary: "Set where a name of documents leads",
      },
    })
    .input(SetTargetInput)
    .output(SetTargetResult)
    .mutation(({ ctx, input }) => setTarget(ctx.scope, input)),
  testTarget: admin
    .meta({
      openapi: {
        method: "POST",
        path: "/notification-targets/{channel}/{name}/test",
        summary: "Send a test message",
      },
    })
    .input(TargetInput)
    .output(TargetInput)
    .mutation(({ ctx, input }) => testTarget(ctx.scope, input)),
  removeTarget: admin
    .meta({
      openapi: {
        method: "DELETE",
        path: "/notification-targets/{channel}/{name}",
        summary: "Forget where a name leads",
      },
    })
    .input(TargetInput)
    .output(TargetInput)
    .mutation(({ ctx, input }) => removeTarget(ctx.scope, input)),
});
