import type { NotificationMessage } from "./notification-message";

/** The facts of a message as pairs of a label and a text, in the order in which they are shown. */
export function messageFacts({ workspace, run, pipeline }: NotificationMessage): [string, string][] {
  const facts: [string, string][] = [["Workspace", workspace]];
  if (pipeline !== null) facts.push(["Pipeline", pipeline.id]);
  if (run === null) return facts;
  facts.push(["Run", String(run.number)], ["Status", run.status], ["Started by", run.startedBy]);
  if (run.scheduledFor !== null) facts.push(["Stands for", instant(run.scheduledFor)]);
  if (run.startedAt !== null) facts.push(["Started", instant(run.startedAt)]);
  if (run.durationMs !== null) facts.push(["Took", duration(run.durationMs)]);
  return facts;
}

/** A number with at most five significant digits behind the point of a small one: `0.13124`, `12345.7`. */
export const metricText = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(Math.abs(value) < 1000 ? 5 : 6)));

const instant = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
