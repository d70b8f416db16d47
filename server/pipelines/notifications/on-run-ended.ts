import { deliveriesFor } from "../../../domain/pipelines/notify/deliveries-for";
import { NotificationRules } from "../../../domain/pipelines/notify/notification-rules";
import type { Rows } from "../../workspaces/index";
import { keyedId } from "../keyed-id";

/**
 * Writes down the messages that a run owes, in the transaction in which it ended; `tx` sees its final state. Repeated, it
 * changes nothing, and a document whose rules cannot be read owes none: telling people never fails a run.
 */
export async function onRunEnded(tx: Rows, runId: string, at: Date): Promise<void> {
  const run = await tx.run.findUnique({
    where: { id: runId },
    select: { workspaceId: true, pipelineId: true, pipelineVersion: true, status: true, warning: true },
  });
  if (run === null) return;
  const { workspaceId, pipelineId, pipelineVersion: version } = run;
  const saved = await tx.pipelineVersion.findUnique({
    where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
    select: { document: true },
  });
  const { notifications } = (saved?.document ?? {}) as { notifications?: unknown };
  const rules = NotificationRules.safeParse(notifications ?? {});
  const owed = rules.success ? deliveriesFor(run, rules.data) : [];
  if (owed.length === 0) return;
  await tx.notificationDelivery.createMany({
    data: owed.map(({ event, channel, target, ...content }) => ({
      id: keyedId(runId, event, channel, target),
      workspaceId,
      runId,
      event,
      channel,
      target,
      content,
      dueAt: at,
    })),
    skipDuplicates: true,
  });
}
