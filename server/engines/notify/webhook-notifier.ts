import { createHmac } from "node:crypto";
import type { Notifier, WebhookAddress } from "../../../domain/ports/notifier";
import { postJson } from "./post-json";

/**
 * Posts the message as JSON, signed as Standard Webhooks asks: `webhook-signature` is `v1,` and the base64 HMAC-SHA256 of
 * `<webhook-id>.<webhook-timestamp>.<body>`. A message that comes again has the same `webhook-id` and `Idempotency-Key`.
 */
export const webhookNotifier = ({
  now = Date.now,
}: {
  now?: () => number;
} = {}): Notifier<WebhookAddress> => ({
  send: async ({ url, secret }, message, key) => {
    const body = JSON.stringify({ type: `run.${message.event}`, ...message });
    const timestamp = Math.floor(now() / 1000).toString();
    const signature = createHmac("sha256", secret).update(`${key}.${timestamp}.${body}`).digest("base64");
    await postJson(url, body, {
      who: "The webhook",
      headers: {
        "idempotency-key": key,
        "webhook-id": key,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
      },
    });
  },
});
