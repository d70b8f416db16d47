import { composeMessage, firstFailedTask } from "../../../domain/pipelines/notify/compose-message";
import { nextTryMs } from "../../../domain/pipelines/notify/next-try";
import type { SecretBox } from "../../../domain/ports/secret-box";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { maskSecrets, secretTexts } from "../../../domain/sources/mask-secrets";
import type { NotificationStore, StoredDelivery } from "./notification-store";
import { type Notifiers, resolveTarget, sendTo, type TargetAddress } from "./notifiers";

/** Longer than a try takes: what is claimed and not ended within it belonged to a worker that is gone. */
const CLAIM_MS = 60_000;
const AT_ONCE = 25;
const LOG_LINES = 20;

export type DeliverySockets = {
  store: NotificationStore;
  notifiers: Notifiers;
  secretBox: SecretBox;
  /** Every secret of the workspace, in the clear: none of them is in a message. */
  secretValues(workspaceId: string): Promise<string[]>;
  clock: Clock;
  publicUrl: string;
  /** Told of faults of ours; what the other side does wrong stands in the delivery. */
  report(error: unknown): void;
};

/**
 * Sends the messages whose time has come. Each is claimed before and marked after: a crash in between sends it again with
 * the same key, and two workers send it once. What fails is tried again for a day, at growing intervals.
 */
export async function sendDeliveries(sockets: DeliverySockets): Promise<void> {
  const due = await sockets.store.dueDeliveries(sockets.clock.now(), AT_ONCE);
  await Promise.all(
    due.map(async (delivery) => {
      const until = new Date(sockets.clock.now().getTime() + CLAIM_MS);
      if (!(await sockets.store.claimDelivery(delivery, until))) return;
      await tryOnce(sockets, { ...delivery, attempts: delivery.attempts + 1 });
    }),
  );
}

async function tryOnce(sockets: DeliverySockets, delivery: StoredDelivery): Promise<void> {
  const { store, clock } = sockets;
  const hidden: string[] = [];
  try {
    await send(sockets, delivery, hidden);
    const now = clock.now();
    await store.endDelivery(delivery.id, { status: "sent", lastError: null, dueAt: now, sentAt: now });
  } catch (error) {
    const told = error instanceof Failure ? error : null;
    if (told === null) sockets.report(error);
    const waitMs = told?.code === "invalid_input" ? null : nextTryMs(delivery.attempts);
    const hint = told?.hint === undefined ? "" : ` ${told.hint}`;
    await store.endDelivery(delivery.id, {
      status: waitMs === null ? "given_up" : "waiting",
      lastError: maskSecrets(
        told === null ? "A fault inside Benchwright; the worker's log says more." : `${told.message}${hint}`,
        hidden,
      ),
      dueAt: new Date(clock.now().getTime() + (waitMs ?? 0)),
      sentAt: null,
    });
  }
}

async function send(sockets: DeliverySockets, delivery: StoredDelivery, hidden: string[]): Promise<void> {
  const { store, notifiers, publicUrl } = sockets;
  const { runId, workspaceId, channel, target, includeLogs } = delivery;
  hidden.push(...secretTexts(await sockets.secretValues(workspaceId)));
  const address = await resolveTarget(sockets, workspaceId, channel, target);
  hidden.push(...secretTexts(secretParts(address)));
  const report = await store.runReport(runId);
  if (report === null) throw new Failure("invalid_input", "The run is gone.");
  const failed = firstFailedTask(report.tasks);
  const log = includeLogs && failed !== null ? await store.lastLogLines(runId, failed.taskId, LOG_LINES) : [];
  await sendTo(notifiers, address, composeMessage(report, delivery, { log, publicUrl, hidden }), delivery.id);
}

/** What of an address nobody else may read. Whoever gets mail is no secret. */
const secretParts = (address: TargetAddress): string[] =>
  address.channel === "email"
    ? []
    : address.channel === "slack"
      ? [address.url]
      : [address.url, address.secret];
