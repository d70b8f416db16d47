import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { NotificationChannel } from "../../../domain/pipelines/notify/notification-rules";
import type { NotificationTargetView } from "../../../domain/pipelines/notify/notification-view";
import type { SecretBox } from "../../../domain/ports/secret-box";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import type { StoredTarget } from "./notification-store";
import { type Notifiers, openTarget, sealTarget, sendTo, TargetAddress } from "./notifiers";
import type { NotificationScope } from "./run-notifications";

export type TargetScope = NotificationScope & {
  secretBox: SecretBox;
  notifiers: Notifiers;
  publicUrl: string;
};

export const TargetInput = z.object({
  channel: NotificationChannel,
  name: z.string().trim().min(1).max(200),
});

export const SetTargetInput = TargetInput.extend({
  /** Of Slack's webhook, or of one's own. */
  url: z.string().max(2_000).optional(),
  /** Of mail. */
  addresses: z.array(z.string().trim().max(320)).optional(),
  /** Signs what a webhook gets; made where it is absent. */
  secret: z.string().max(200).optional(),
});

export const SetTargetResult = z.object({
  channel: NotificationChannel,
  name: z.string(),
  /** The secret that was made for a webhook. It is shown this once; null where none was. */
  madeSecret: z.string().nullable(),
});

/** Everything but the addresses themselves. */
export async function listTargets(scope: Omit<TargetScope, "db">): Promise<NotificationTargetView[]> {
  requireRole(scope, "engineer");
  const found = await scope.notifications.targets(scope.workspace.id);
  return found.map((target) => ({
    channel: target.channel,
    name: target.name,
    masked: maskedAddress(scope.secretBox, target),
    createdBy: target.createdBy,
    createdAt: target.createdAt,
  }));
}

/** Sets where a name of documents leads; messages that wait for it are sent. Failures: `invalid_input`. */
export async function setTarget(
  scope: TargetScope,
  { channel, name, url, addresses, secret }: z.infer<typeof SetTargetInput>,
): Promise<z.infer<typeof SetTargetResult>> {
  requireRole(scope, "admin");
  const madeSecret =
    channel === "webhook" && secret === undefined ? randomBytes(24).toString("base64url") : null;
  const parsed = TargetAddress.safeParse({ channel, url, addresses, secret: secret ?? madeSecret });
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => ({
      pointer: `/${issue.path.join("/")}`,
      message: issue.message,
    }));
    throw new Failure("invalid_input", `The target ${name} cannot be set.`, { errors });
  }
  const workspaceId = scope.workspace.id;
  const now = scope.clock.now();
  await scope.notifications.putTarget({
    workspaceId,
    channel,
    name,
    sealed: sealTarget(scope.secretBox, parsed.data, { workspaceId, name }),
    createdBy: scope.actor.name,
    createdAt: now,
  });
  await recordAudit(scope, "notification_target.set", name, { channel });
  await scope.notifications.wakeDeliveries(workspaceId, channel, name, now);
  return { channel, name, madeSecret };
}

/** Messages to it wait from now on. Failures: `not_found`. */
export async function removeTarget(scope: TargetScope, { channel, name }: z.infer<typeof TargetInput>) {
  requireRole(scope, "admin");
  if (!(await scope.notifications.removeTarget(scope.workspace.id, channel, name)))
    throw missing(channel, name);
  await recordAudit(scope, "notification_target.removed", name, { channel });
  return { channel, name };
}

/** Sends a message that says what it is. Failures: `not_found`, and those of the other side, as `Notifier` says. */
export async function testTarget(scope: TargetScope, { channel, name }: z.infer<typeof TargetInput>) {
  requireRole(scope, "admin");
  const target = await scope.notifications.target(scope.workspace.id, channel, name);
  if (target === null) throw missing(channel, name);
  await sendTo(
    scope.notifiers,
    openTarget(scope.secretBox, target),
    {
      event: "test",
      title: `A test message from Benchwright to ${name}`,
      workspace: scope.workspace.name,
      pipeline: null,
      run: null,
      error: null,
      warning: null,
      log: null,
      metrics: null,
      url: `${scope.publicUrl}/${encodeURIComponent(scope.workspace.slug)}/pipelines`,
    },
    randomUUID(),
  );
  return { channel, name };
}

const missing = (channel: NotificationChannel, name: string) =>
  new Failure("not_found", `There is no ${channel} target ${name} in this workspace.`);

function maskedAddress(box: SecretBox, target: StoredTarget): string {
  try {
    const address = openTarget(box, target);
    if (address.channel === "email") return address.addresses.map(maskedMail).join(", ");
    return `${new URL(address.url).origin}/…`;
  } catch {
    return "cannot be read: set it anew";
  }
}

/** `a…@example.org`. */
const maskedMail = (text: string): string => text.replace(/^(.).*(@)/, "$1…$2");
