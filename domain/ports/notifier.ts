import type { NotificationMessage } from "../pipelines/notify/notification-message";

/** Where a message goes. All of it but the channel is secret. */
export type SlackAddress = { channel: "slack"; url: string };
export type MailAddress = { channel: "email"; addresses: string[] };
/** What is sent is signed with the secret. */
export type WebhookAddress = { channel: "webhook"; url: string; secret: string };
export type NotificationAddress = SlackAddress | MailAddress | WebhookAddress;

/** Takes messages to people and programs, over one channel. */
export interface Notifier<Address extends NotificationAddress = NotificationAddress> {
  /**
   * Resolves once the other side took the message. It may be sent again with the same `key`, which travels with it.
   * Failures: `engine_unavailable` (retryable: nobody answers, or not now), `invalid_input` (it is refused, and will be).
   * Their messages never hold the address.
   */
  send(address: Address, message: NotificationMessage, key: string): Promise<void>;
}
