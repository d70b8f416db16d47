import {
  formatClock,
  formatCount,
  formatDuration,
  formatInstant,
  formatNumber,
  NOTHING,
} from "@/components/ui/format";
import { isFinal } from "@/domain/shared/is-final";
import type { SyncSummary, SyncView } from "@/domain/sources/sync-view";

export type Figure = { key: string; value: string; unit: string; note: string };

/** The figures at the head of a sync. `parallel`: how many streams may run at the same time. */
export function prepareFigures(sync: SyncView, parallel: number, now: Date): Figure[] {
  const begun = sync.startedAt ?? sync.createdAt;
  const elapsedMs = (sync.endedAt ?? now).getTime() - begun.getTime();
  const isOver = isFinal(sync.status);
  const running = sync.streams.filter(({ status }) => status === "running").length;
  const seconds = elapsedMs / 1000;
  const rate = isOver
    ? meanRate(sync.rows, seconds)
    : sumOf(
        sync.streams.flatMap(({ status, rowsPerSecond }) => (status === "running" ? [rowsPerSecond] : [])),
      );
  const longest = sync.streams.reduce((most, { etaSeconds }) => Math.max(most, etaSeconds ?? 0), 0);
  const eta = longest === 0 ? "time left not known" : `about ${formatDuration(longest * 1000)} left`;
  return [
    {
      key: "elapsed",
      value: sync.startedAt === null && !isOver ? "waiting" : formatDuration(elapsedMs),
      unit: "",
      note: isOver ? `ended ${sync.endedAt ? formatClock(sync.endedAt) : NOTHING}` : eta,
    },
    {
      key: "rows",
      value: formatNumber(sync.rows),
      unit: "rows",
      note: committedWords(sync),
    },
    {
      key: "bytes",
      value: formatNumber(sync.bytes / 1e6, 1),
      unit: "MB",
      note: seconds < 1 ? "read" : `${formatNumber(sync.bytes / 1e6 / seconds, 2)} MB/s mean`,
    },
    {
      key: "rate",
      value: formatNumber(rate),
      unit: "rows/s",
      note: isOver ? "mean of the whole sync" : "of the streams that run",
    },
    {
      key: "slots",
      value: isOver
        ? `${sync.streamCounts.succeeded ?? 0} of ${sync.streams.length}`
        : `${running} of ${parallel}`,
      unit: isOver ? "streams" : "slots",
      note: isOver ? "succeeded" : `in use, ${formatCount(waiting(sync), "stream")} wait`,
    },
  ];
}

const committedWords = ({ rows, rowsCommitted }: SyncView): string =>
  rows > 0 && rowsCommitted === rows ? "all committed" : `${formatNumber(rowsCommitted)} of them committed`;

const waiting = (sync: SyncView): number => sync.streams.filter(({ status }) => status === "queued").length;
const meanRate = (rows: number, seconds: number): number | null => (seconds < 1 ? null : rows / seconds);
const sumOf = (rates: readonly (number | null)[]): number | null =>
  rates.length === 0 || rates.every((rate) => rate === null)
    ? null
    : rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);

const TRIGGERS: Record<SyncSummary["trigger"], string> = {
  manual: "by hand",
  schedule: "by schedule",
  pipeline: "by a pipeline",
};

/** `started 07:00:00 UTC by schedule`. */
export function howItBegan(sync: SyncSummary): string {
  const at = sync.startedAt ?? sync.createdAt;
  const verb = sync.startedAt === null ? "asked for" : "started";
  return `${verb} ${formatInstant(at)} UTC ${TRIGGERS[sync.trigger]}`;
}

/** What readers of the tables see of this sync. */
export function whatReadersSee(sync: SyncView): string {
  const done = sync.streams.filter(
    ({ rowsCommitted, status }) => rowsCommitted > 0 || status === "succeeded",
  ).length;
  const rest = sync.streams.length - done;
  if (rest === 0) return `Readers see all ${formatCount(done, "stream")} of this sync.`;
  if (done === 0) return "Nothing of this sync is committed yet: readers see what the sync before it left.";
  return `Readers see ${formatCount(done, "stream")} of this sync; the other ${rest} stay as they were before it.`;
}
