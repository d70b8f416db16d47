import { messageFacts, metricText } from "../../../domain/pipelines/notify/message-lines";
import type { NotificationMessage } from "../../../domain/pipelines/notify/notification-message";

const MOST_ERROR = 10_000;

/** A message as plain text and as HTML, with its subject. */
export function mailText(message: NotificationMessage): { subject: string; text: string; html: string } {
  const parts = partsOf(message);
  return {
    subject: message.title.slice(0, 200),
    text: `${[...parts.map(({ title, lines }) => `${title}\n${lines.join("\n")}`), message.url].join("\n\n")}\n`,
    html: [
      `<h2>${escaped(message.title)}</h2>`,
      ...parts.map(
        ({ title, lines, isCode }) =>
          `<p><b>${escaped(title)}</b></p>${isCode ? `<pre>${escaped(lines.join("\n"))}</pre>` : `<p>${lines.map(escaped).join("<br>")}</p>`}`,
      ),
      `<p><a href="${escaped(message.url)}">${escaped(message.url)}</a></p>`,
    ].join("\n"),
  };
}

type Part = { title: string; lines: string[]; isCode: boolean };

function partsOf(message: NotificationMessage): Part[] {
  const { error, warning, log, metrics } = message;
  const parts: Part[] = [];
  if (error !== null) {
    const title = error.task === null ? "Error" : `Error in ${error.task}`;
    const lines = [error.message.slice(0, MOST_ERROR), ...(error.hint === null ? [] : [error.hint])];
    parts.push({ title, lines, isCode: true });
  }
  if (warning !== null) parts.push({ title: "Warning", lines: [warning], isCode: false });
  const facts = messageFacts(message).map(([label, value]) => `${label}: ${value}`);
  parts.push({ title: "Facts", lines: facts, isCode: false });
  if (metrics !== null && metrics.length > 0) {
    const lines = metrics.map(({ task, name, value }) => `${task}  ${name}  ${metricText(value)}`);
    parts.push({ title: "Metrics", lines, isCode: true });
  }
  if (log !== null && log.lines.length > 0)
    parts.push({ title: `Last lines of ${log.task}`, lines: log.lines, isCode: true });
  return parts;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
