import { z } from "zod";
import type { NotificationMessage } from "../../../domain/pipelines/notify/notification-message";
import type { NotificationChannel } from "../../../domain/pipelines/notify/notification-rules";
import type { MailAddress, Notifier, SlackAddress, WebhookAddress } from "../../../domain/ports/notifier";
import type { SecretBox } from "../../../domain/ports/secret-box";
import { Failure } from "../../../domain/shared/failure";
import type { NotificationStore, StoredTarget } from "./notification-store";

/** What can be sent over. `email` is null where the environment names no mail server. */
export type Notifiers = {
  slack: Notifier<SlackAddress>;
  email: Notifier<MailAddress> | null;
  webhook: Notifier<WebhookAddress>;
};

const HttpUrl = z.url({
  protocol: /^https?$/,
  error: "Write an address that begins with https:// or http://",
});

/** What is sealed in a target. */
export const TargetAddress = z.discriminatedUnion("channel", [
  z.object({ channel: z.literal("slack"), url: HttpUrl }),
  z.object({ channel: z.literal("email"), addresses: z.array(z.email()).min(1).max(50) }),
  z.object({ channel: z.literal("webhook"), url: HttpUrl, secret: z.string().min(16).max(200) }),
]);
export type TargetAddress = z.infer<typeof TargetAddress>;

const LABELS: Record<NotificationChannel, string> = {
  slack: "Slack webhook",
  email: "mail address",
  webhook: "webhook",
};

/** What a target's row holds. Sealed with its workspace and name, so that no row can take another's place. */
export const sealTarget = (
  box: SecretBox,
  address: TargetAddress,
  place: Pick<StoredTarget, "workspaceId" | "name">,
) => box.seal(JSON.stringify(address), contextOf(place));

/** Failures: `invalid_input` where this installation's key did not seal it. */
export const openTarget = (box: SecretBox, target: StoredTarget): TargetAddress =>
  TargetAddress.parse(JSON.parse(box.open(target.sealed, contextOf(target))));

const contextOf = ({ workspaceId, name }: Pick<StoredTarget, "workspaceId" | "name">) =>
  JSON.stringify([workspaceId, name]);

/** The address that a document's target names. Failures: `not_found` where nobody set it. */
export async function resolveTarget(
  { store, secretBox }: { store: Pick<NotificationStore, "target">; secretBox: SecretBox },
  workspaceId: string,
  channel: NotificationChannel,
  name: string,
): Promise<TargetAddress> {
  const target = await store.target(workspaceId, channel, name);
  if (target !== null) return openTarget(secretBox, target);
  if (channel === "email" && z.email().safeParse(name).success) return { channel, addresses: [name] };
  throw new Failure("not_found", `No ${LABELS[channel]} is set for ${name} in this workspace.`, {
    hint: "An admin sets it under Settings, Notifications; what waits is then sent.",
  });
}

/** Sends over the channel of the address. Failures: as `Notifier`, `engine_unavailable` where it is not offered. */
export async function sendTo(
  notifiers: Notifiers,
  address: TargetAddress,
  message: NotificationMessage,
  key: string,
): Promise<void> {
  switch (address.channel) {
    case "slack":
      return notifiers.slack.send(address, message, key);
    case "webhook":
      return notifiers.webhook.send(address, message, key);
    case "email":
      if (notifiers.email !== null) return notifiers.email.send(address, message, key);
      throw new Failure("engine_unavailable", "This installation has no mail server.", {
        hint: "Whoever runs it sets SMTP_URL and SMTP_FROM.",
        retryable: true,
      });
  }
}
