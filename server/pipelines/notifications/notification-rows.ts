import type { NotificationEvent } from "../../../domain/pipelines/notify/deliveries-for";
import { NotificationChannel } from "../../../domain/pipelines/notify/notification-rules";
import type { Db } from "../../workspaces/index";
import { readError } from "../to-summary";
import type { DeliveryStatus, NotificationStore, StoredDelivery, StoredTarget } from "./notification-store";

/** Messages and their targets in the app's database. */
export const prismaNotificationStore = (db: Db): NotificationStore => ({
  dueDeliveries: async (now, limit) => {
    const rows = await db.notificationDelivery.findMany({
      where: { status: "waiting", dueAt: { lte: now } },
      orderBy: { dueAt: "asc" },
      take: limit,
    });
    return rows.map(toDelivery);
  },

  claimDelivery: async ({ id, attempts, dueAt }, until) => {
    const { count } = await db.notificationDelivery.updateMany({
      where: { id, status: "waiting", attempts, dueAt },
      data: { attempts: attempts + 1, dueAt: until },
    });
    return count > 0;
  },

  endDelivery: async (id, end) => {
    await db.notificationDelivery.updateMany({ where: { id, status: { not: "sent" } }, data: end });
  },

  deliveries: async (runId) => {
    const rows = await db.notificationDelivery.findMany({
      where: { runId },
      orderBy: [{ event: "asc" }, { channel: "asc" }, { target: "asc" }],
    });
    return rows.map(toDelivery);
  },

  delivery: async (id) => {
    const row = await db.notificationDelivery.findUnique({ where: { id } });
    return row === null ? null : toDelivery(row);
  },

  restartDelivery: async (id, at) => {
    await db.notificationDelivery.updateMany({
      where: { id },
      data: { status: "waiting", attempts: 0, lastError: null, dueAt: at, sentAt: null },
    });
  },

  wakeDeliveries: async (workspaceId, channel, target, at) => {
    await db.notificationDelivery.updateMany({
      where: { workspaceId, channel, target, status: "waiting", dueAt: { gt: at } },
      data: { dueAt: at },
    });
  },

  runReport: async (runId) => {
    const run = await db.run.findUnique({
      where: { id: runId },
      include: {
        tasks: { include: { attempts: { orderBy: { number: "desc" }, take: 1, select: { error: true } } } },
      },
    });
    if (run === null) return null;
    const { workspaceId, pipelineId, pipelineVersion: version } = run;
    const [workspace, saved] = await Promise.all([
      db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { slug: true, name: true } }),
      db.pipelineVersion.findUnique({
        where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
        select: { document: true },
      }),
    ]);
    const { name } = (saved?.document ?? {}) as { name?: string };
    return {
      run: { ...run, error: readError(run.error) },
      workspace,
      pipeline: { id: pipelineId, name: name ?? pipelineId },
      tasks: run.tasks.map(({ taskId, status, endedAt, outputs, attempts }) => ({
        taskId,
        status,
        endedAt,
        error: readError(attempts[0]?.error ?? null),
        metrics: (outputs as { metrics?: Record<string, number> } | null)?.metrics ?? {},
      })),
    };
  },

  lastLogLines: async (runId, taskId, limit) => {
    const rows = await db.logLine.findMany({
      where: { runId, taskId },
      orderBy: [{ attempt: "desc" }, { seq: "desc" }],
      take: limit,
      select: { attempt: true, text: true },
    });
    const last = rows[0]?.attempt;
    return rows
      .filter((row) => row.attempt === last)
      .map((row) => row.text)
      .reverse();
  },

  targets: async (workspaceId) => {
    const rows = await db.notificationTarget.findMany({
      where: { workspaceId },
      orderBy: [{ channel: "asc" }, { name: "asc" }],
    });
    return rows.map(toTarget);
  },

  target: async (workspaceId, channel, name) => {
    const row = await db.notificationTarget.findUnique({
      where: { workspaceId_channel_name: { workspaceId, channel, name } },
    });
    return row === null ? null : toTarget(row);
  },

  putTarget: async ({ workspaceId, channel, name, ...rest }) => {
    await db.notificationTarget.upsert({
      where: { workspaceId_channel_name: { workspaceId, channel, name } },
      create: { workspaceId, channel, name, ...rest },
      update: rest,
    });
  },

  removeTarget: async (workspaceId, channel, name) => {
    const { count } = await db.notificationTarget.deleteMany({ where: { workspaceId, channel, name } });
    return count > 0;
  },
});

type DeliveryRow = Omit<StoredDelivery, "event" | "channel" | "status" | "includeLogs" | "includeMetrics"> & {
  event: string;
  channel: string;
  status: string;
  content: unknown;
};

const toDelivery = ({ event, channel, status, content, ...row }: DeliveryRow): StoredDelivery => {
  const asked = content as { includeLogs?: boolean; includeMetrics?: boolean };
  return {
    ...row,
    event: event as NotificationEvent,
    channel: NotificationChannel.parse(channel),
    status: status as DeliveryStatus,
    includeLogs: asked.includeLogs === true,
    includeMetrics: asked.includeMetrics === true,
  };
};

const toTarget = (row: Omit<StoredTarget, "channel"> & { channel: string }): StoredTarget => ({
  ...row,
  channel: NotificationChannel.parse(row.channel),
});
