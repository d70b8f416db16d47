import { messageFacts, metricText } from "../../../domain/pipelines/notify/message-lines";
import type { NotificationMessage } from "../../../domain/pipelines/notify/notification-message";

/** Slack's limits: characters of a header, of a section and of a section's field, and fields of a section. */
const HEADER = 150;
const SECTION = 3_000;
const FIELD = 2_000;
const MOST_FIELDS = 10;

/** Slack's own escapes; everything else is plain text to it. */
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The escaped beginning (or end) of `text` that fits into `limit` characters. */
function fitting(text: string, limit: number, keep: "start" | "end" = "start"): string {
  if (escaped(text).length <= limit) return escaped(text);
  let kept = keep === "start" ? text.slice(0, limit - 1) : text.slice(1 - limit);
  for (let size = escaped(kept).length; size > limit - 1; size = escaped(kept).length) {
    const drop = Math.ceil((size - limit + 1) / 5);
    kept = keep === "start" ? kept.slice(0, -drop) : kept.slice(drop);
  }
  return keep === "start" ? `${escaped(kept)}…` : `…${escaped(kept)}`;
}

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

/** A block of code keeps its form as long as nothing in it ends it. */
const code = (text: string, limit: number, keep: "start" | "end" = "start"): string =>
  `\`\`\`${fitting(text.replaceAll("```", "'''"), limit, keep)}\`\`\``;

/** A message in Slack's Block Kit. The key is the id of its first block: Slack itself knows no keys. */
export function slackBlocks(message: NotificationMessage, key: string) {
  const { error, warning, log, metrics } = message;
  const fields = messageFacts(message).slice(0, MOST_FIELDS);
  const title = message.title.length <= HEADER ? message.title : `${message.title.slice(0, HEADER - 1)}…`;
  return {
    text: fitting(error === null ? message.title : `${message.title}: ${error.message}`, SECTION),
    blocks: [
      { type: "header", block_id: key, text: { type: "plain_text", text: title, emoji: false } },
      ...(error === null ? [] : [section(errorText(error))]),
      ...(warning === null ? [] : [section(`*Warning*\n${fitting(warning, SECTION - 20)}`)]),
      {
        type: "section",
        fields: fields.map(([label, value]) => ({
          type: "mrkdwn",
          text: `*${label}*\n${fitting(value, FIELD - 50)}`,
        })),
      },
      ...(metrics === null || metrics.length === 0
        ? []
        : [
            section(
              `*Metrics*\n${code(
                metrics.map(({ task, name, value }) => `${task}  ${name}  ${metricText(value)}`).join("\n"),
                SECTION - 50,
              )}`,
            ),
          ]),
      ...(log === null || log.lines.length === 0
        ? []
        : [
            section(
              `*Last lines of* \`${fitting(log.task, 100)}\`\n${code(log.lines.join("\n"), SECTION - 200, "end")}`,
            ),
          ]),
      {
        type: "context",
        elements: [
          {
            type: "mrkdwn",
            text: `<${message.url}|${message.run === null ? "Open Benchwright" : `Open run ${message.run.number}`}>`,
          },
        ],
      },
    ],
  };
}

function errorText({ task, message, hint }: NonNullable<NotificationMessage["error"]>): string {
  const where = task === null ? "*Error*" : `*Error in* \`${fitting(task, 100)}\``;
  const advice = hint === null ? "" : `\n${fitting(hint, 500)}`;
  return `${where}\n${code(message, SECTION - 800)}${advice}`;
}
