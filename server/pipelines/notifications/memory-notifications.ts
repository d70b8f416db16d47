import type { RunReport } from "../../../domain/pipelines/notify/compose-message";
import type { NotificationStore, StoredDelivery, StoredTarget } from "./notification-store";

/** The store of a test: what the Prisma one does, in this process. */
export function memoryNotifications(report: RunReport, log: readonly string[]) {
  const deliveries = new Map<string, StoredDelivery>();
  const targets: StoredTarget[] = [];
  const at = (workspaceId: string, channel: string, name: string) =>
    targets.findIndex(
      (each) => each.workspaceId === workspaceId && each.channel === channel && each.name === name,
    );
  const change = (id: string, to: Partial<StoredDelivery>) => {
    const held = deliveries.get(id);
    if (held !== undefined) deliveries.set(id, { ...held, ...to });
  };
  const store: NotificationStore = {
    dueDeliveries: async (now, limit) =>
      [...deliveries.values()]
        .filter((each) => each.status === "waiting" && each.dueAt <= now)
        .slice(0, limit),
    claimDelivery: async ({ id, attempts, dueAt }, until) => {
      const held = deliveries.get(id);
      if (held?.status !== "waiting" || held.attempts !== attempts || held.dueAt !== dueAt) return false;
      change(id, { attempts: attempts + 1, dueAt: until });
      return true;
    },
    endDelivery: async (id, end) => change(id, end),
    deliveries: async (runId) => [...deliveries.values()].filter((each) => each.runId === runId),
    delivery: async (id) => deliveries.get(id) ?? null,
    restartDelivery: async (id, dueAt) =>
      change(id, { status: "waiting", attempts: 0, lastError: null, sentAt: null, dueAt }),
    wakeDeliveries: async (workspaceId, channel, target, dueAt) => {
      for (const each of deliveries.values()) {
        const isIts = each.workspaceId === workspaceId && each.channel === channel && each.target === target;
        if (isIts && each.status === "waiting" && each.dueAt > dueAt) change(each.id, { dueAt });
      }
    },
    runReport: async () => report,
    lastLogLines: async (_runId, _taskId, limit) => log.slice(-limit),
    targets: async (workspaceId) => targets.filter((each) => each.workspaceId === workspaceId),
    target: async (...where) => targets[at(...where)] ?? null,
    putTarget: async (target) => {
      const index = at(target.workspaceId, target.channel, target.name);
      targets.splice(index < 0 ? targets.length : index, index < 0 ? 0 : 1, target);
    },
    removeTarget: async (...where) => at(...where) >= 0 && targets.splice(at(...where), 1).length > 0,
  };
  return { store, deliveries };
}
