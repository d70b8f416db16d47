import {
  formatClock,
  formatCount,
  formatDuration,
  formatInstant,
  formatNumber,
} from "@/components/ui/format";
import type { ShownState } from "@/components/ui/prepare-state";
import { isFinal } from "@/domain/shared/is-final";
import type { SyncSummary } from "@/domain/sources/sync-view";
import { streamKey } from "./prepare-streams";

export const HISTORY_LENGTH = 48;

export type HistoryColumn = {
  id: string;
  number: number;
  state: ShownState;
  /** 0–1 of the longest shown. */
  minutesShare: number;
  rowsShare: number;
  isFailed: boolean;
  isRunning: boolean;
  /** Everything of it in one sentence. */
  label: string;
  /** Below the axis; empty between labels. */
  tick: string;
  /** A new day begins here. */
  isMajor: boolean;
};

/** A stream's state in each column; null where the sync did not hold it. */
export type StreamHistory = { key: string; states: (ShownState | null)[] };

export type History = {
  /** Oldest first. */
  columns: HistoryColumn[];
  maxMinutes: string;
  maxRows: string;
  /** `44 succeeded, 2 partial, 1 failed, 1 running`. */
  summary: string;
  /** Streams that failed in any of them, the most often failed first. */
  failedStreams: StreamHistory[];
  /** How many streams did not fail in any. */
  sound: number;
};

/** The last syncs of a connection, drawn by their order; `syncs` are the newest first. */
export function prepareHistory(syncs: readonly SyncSummary[], now: Date): History {
  const shown = syncs.slice(0, HISTORY_LENGTH).reverse();
  const durations = shown.map((sync) => durationMs(sync, now));
  const longest = Math.max(0, ...durations);
  const most = Math.max(0, ...shown.map(({ rows }) => rows));
  const columns = shown.map((sync, index) => {
    const before = shown[index - 1];
    const isMajor = before === undefined || dayOf(before) !== dayOf(sync);
    return {
      id: sync.id,
      number: sync.number,
      state: worstOf(sync),
      minutesShare: share(durations[index] ?? 0, longest),
      rowsShare: share(sync.rows, most),
      isFailed: sync.status === "failed",
      isRunning: !isFinal(sync.status),
      label: labelOf(sync, now),
      tick: isLabelled(index, shown.length) ? tickOf(sync, shown[index - LABEL_EVERY]) : "",
      isMajor,
    };
  });
  return {
    columns,
    maxMinutes: formatDuration(longest),
    maxRows: formatNumber(most),
    summary: summaryOf(shown),
    ...streamsOf(shown),
  };
}

const failedIn = ({ streamStates }: SyncSummary): string[] =>
  streamStates.filter(({ status }) => status === "failed").map(streamKey);

function streamsOf(shown: readonly SyncSummary[]): Pick<History, "failedStreams" | "sound"> {
  const failures = new Map<string, number>();
  for (const key of shown.flatMap(failedIn)) failures.set(key, (failures.get(key) ?? 0) + 1);
  const all = new Set(shown.flatMap(({ streamStates }) => streamStates.map(streamKey)));
  const failedStreams = [...failures]
    .sort(([a, often], [b, less]) => less - often || (a < b ? -1 : 1))
    .map(([key]) => ({
      key,
      states: shown.map(
        ({ streamStates }) => streamStates.find((each) => streamKey(each) === key)?.status ?? null,
      ),
    }));
  return { failedStreams, sound: all.size - failures.size };
}

/** Columns from label to label, so that labels do not touch. */
const LABEL_EVERY = 8;

const isLabelled = (index: number, count: number): boolean => (count - 1 - index) % LABEL_EVERY === 0;

/** The time of day; the day where the label before is of another one, or there is none. */
function tickOf(sync: SyncSummary, labelledBefore: SyncSummary | undefined): string {
  if (labelledBefore === undefined || dayOf(labelledBefore) !== dayOf(sync)) return dayOf(sync);
  return formatClock(sync.createdAt).slice(0, 5);
}

const share = (value: number, most: number): number => (most === 0 ? 0 : value / most);

const durationMs = (sync: SyncSummary, now: Date): number =>
  Math.max(0, (sync.endedAt ?? now).getTime() - (sync.startedAt ?? sync.createdAt).getTime());

const dayOf = ({ createdAt }: SyncSummary): string =>
  new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", timeZone: "UTC" }).format(createdAt);

/** A sync in which some streams failed and some did not is a warning; one in which none succeeded has failed. */
export function worstOf(sync: SyncSummary): ShownState {
  if (sync.status === "failed" && (sync.streamCounts.succeeded ?? 0) > 0) return "warning";
  return sync.status;
}

/** Failed streams that a column's sentence names. */
const MOST_NAMED = 3;

function labelOf(sync: SyncSummary, now: Date): string {
  const state = worstOf(sync) === "warning" ? "partly failed" : sync.status;
  const failed = failedIn(sync).slice(0, MOST_NAMED);
  const names = failed.length === 0 ? "" : `, failed: ${failed.join(" and ")}`;
  return `Sync ${sync.number}, ${state}, ${formatInstant(sync.createdAt)} UTC, ${formatDuration(durationMs(sync, now))}, ${formatCount(sync.rows, "row")}${names}`;
}

function summaryOf(syncs: readonly SyncSummary[]): string {
  const counts = new Map<string, number>();
  for (const sync of syncs) {
    const word = worstOf(sync) === "warning" ? "partial" : sync.status;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const order = ["succeeded", "partial", "failed", "cancelled", "skipped", "running", "retrying", "queued"];
  return order.flatMap((word) => (counts.has(word) ? [`${counts.get(word)} ${word}`] : [])).join(", ");
}
