import { formatCount } from "@/components/ui/format";
import type { ShownState } from "@/components/ui/prepare-state";
import { isFinal } from "@/domain/shared/is-final";
import type { ConnectionSummary } from "@/domain/sources/connection-view";

export type ConnectionGroupKey = "needs_you" | "in_time" | "not_running";

export type ConnectionRow = {
  name: string;
  state: ShownState;
  /** What the glyph means, for who does not see it. */
  stateText: string;
  /** At the right of the name: how far a sync is, or how old the data are. */
  fact: string;
  /** Below the name. */
  about: string;
  /** At the right, below: the limit, or why it does not run. */
  limit: string;
};

export type ConnectionGroup = { key: ConnectionGroupKey; title: string; rows: ConnectionRow[] };

const TITLES: [ConnectionGroupKey, string][] = [
  ["needs_you", "Needs you"],
  ["in_time", "In time"],
  ["not_running", "Not running"],
];

/** The connections whose name, connector or state holds every word of `filter`, in groups; empty groups are left out. */
export function groupConnections(
  connections: readonly ConnectionSummary[],
  filter: string,
): ConnectionGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (one: ConnectionSummary) => {
    const text = `${one.name} ${one.connector} ${one.status} ${one.lastSync?.status ?? "new"}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const shown = connections.filter(fits);
  return TITLES.flatMap(([key, title]) => {
    const rows = shown
      .filter((one) => groupOf(one) === key)
      .sort((a, b) => urgency(b) - urgency(a) || a.name.localeCompare(b.name))
      .map(toRow);
    return rows.length === 0 ? [] : [{ key, title: `${title}, ${rows.length}`, rows }];
  });
}

const failedStreams = ({ lastSync }: ConnectionSummary): number => lastSync?.streamCounts.failed ?? 0;
const hasFailed = (one: ConnectionSummary): boolean =>
  one.lastSync?.status === "failed" || failedStreams(one) > 0;

export function groupOf(one: ConnectionSummary): ConnectionGroupKey {
  if (one.status !== "active") return "not_running";
  if (hasFailed(one) || one.isLate) return "needs_you";
  return one.lastSync === null && one.activeSyncId === null ? "not_running" : "in_time";
}

const urgency = (one: ConnectionSummary): number =>
  (hasFailed(one) ? 2 : 0) + (one.isLate ? 1 : 0) + (one.activeSyncId === null ? 0 : 0.5);

function stateOf(one: ConnectionSummary): [ShownState, string] {
  if (one.status === "draft") return ["waiting", "draft"];
  if (one.activeSyncId !== null)
    return [one.lastSync?.status === "retrying" ? "retrying" : "running", "syncing"];
  if (one.status === "paused") return ["skipped", "paused"];
  if (one.lastSync === null) return ["waiting", "never synced"];
  if (one.lastSync.status === "failed")
    return isPartial(one) ? ["warning", "partly failed"] : ["failed", "failed"];
  if (one.isLate) return ["stale", "late"];
  return one.lastSync.status === "cancelled" ? ["cancelled", "cancelled"] : ["succeeded", "in time"];
}

const isPartial = ({ lastSync }: ConnectionSummary): boolean => (lastSync?.streamCounts.succeeded ?? 0) > 0;

function toRow(one: ConnectionSummary): ConnectionRow {
  const [state, stateText] = stateOf(one);
  return { name: one.name, state, stateText, fact: factOf(one), about: aboutOf(one), limit: limitOf(one) };
}

function factOf(one: ConnectionSummary): string {
  const { lastSync, activeSyncId } = one;
  if (activeSyncId !== null && lastSync !== null && !isFinal(lastSync.status)) {
    const counts = Object.values(lastSync.streamCounts).reduce((sum, count) => sum + count, 0);
    return `${lastSync.streamCounts.succeeded ?? 0} of ${counts} done`;
  }
  if (one.status === "paused") return "paused";
  if (one.status === "draft") return "draft";
  if (one.lagSeconds !== null) return roughAge(one.lagSeconds);
  return lastSync === null ? "new" : "no data yet";
}

function aboutOf(one: ConnectionSummary): string {
  const what = one.connector.replace(/^source-/, "");
  const failed = failedStreams(one);
  if (failed > 0) return `${what} · ${formatCount(failed, "stream")} failed`;
  return `${what} · ${formatCount(one.streamCount, "stream")}`;
}

function limitOf(one: ConnectionSummary): string {
  if (one.status !== "active") return "";
  if (one.lagLimitSeconds !== null) return `limit ${roughAge(one.lagLimitSeconds)}`;
  return one.schedule === null || one.schedule.type === "manual" ? "by hand" : "";
}

/** One unit: `40 s`, `52 min`, `17 h`, `3 d`. */
export function roughAge(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
