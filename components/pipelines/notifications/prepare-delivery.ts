import { formatInstant } from "@/components/ui/format";
import type { ShownState } from "@/components/ui/prepare-state";
import type { DeliveryView } from "@/domain/pipelines/notify/notification-view";

const CHANNELS = { slack: "Slack", email: "mail", webhook: "webhook" } as const;

/** A message that a run owed, as its page shows it. */
export function prepareDelivery({
  channel,
  target,
  status,
  attempts,
  lastError,
  dueAt,
  sentAt,
}: DeliveryView): { state: ShownState; word: string; to: string; note: string; againLabel: string } {
  const to = `${CHANNELS[channel]} ${target}`;
  switch (status) {
    case "sent":
      return {
        state: "succeeded",
        word: "sent",
        to,
        note: sentAt === null ? "" : `${formatInstant(sentAt)} UTC`,
        againLabel: "Send again",
      };
    case "given_up":
      return { state: "failed", word: "not sent", to, note: lastError ?? "", againLabel: "Send again" };
    case "waiting":
      return lastError === null
        ? { state: "waiting", word: "waiting", to, note: "", againLabel: "Send now" }
        : {
            state: "retrying",
            word: "waiting",
            to,
            note: `try ${attempts}: ${lastError} Next try ${formatInstant(dueAt)} UTC.`,
            againLabel: "Send now",
          };
  }
}
