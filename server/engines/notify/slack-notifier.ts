import type { Notifier, SlackAddress } from "../../../domain/ports/notifier";
import { postJson } from "./post-json";
import { slackBlocks } from "./slack-blocks";

/** Posts to Slack's incoming webhooks. */
export const slackNotifier = (): Notifier<SlackAddress> => ({
  send: ({ url }, message, key) => postJson(url, JSON.stringify(slackBlocks(message, key)), { who: "Slack" }),
});
