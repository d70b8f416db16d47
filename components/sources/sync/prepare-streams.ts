import { formatClock, formatCount, formatDuration, formatNumber, NOTHING } from "@/components/ui/format";
import { isFinal } from "@/domain/shared/is-final";
import type { RunStatus } from "@/domain/shared/run-status";
import type { StreamView, SyncView } from "@/domain/sources/sync-view";
import { roughAge } from "../list/prepare-connections";

export type StreamAct = "cancel" | "retry" | "refresh";

export type StreamRow = {
  /** Unique in a sync: the namespace and the name. */
  key: string;
  name: string;
  namespace: string | null;
  status: RunStatus;
  /** One sentence below the name. */
  sentence: string;
  /** 0–1 for a bar; null where there is none to draw. */
  share: number | null;
  started: string;
  rows: string;
  megabytes: string;
  rate: string;
  eta: string;
  lag: string;
  cursor: string;
  mode: string;
  table: string;
  acts: StreamAct[];
  error: StreamView["error"];
};

/** What needs a person first: then what moves, what waits, and what is done. */
const ORDER: RunStatus[] = ["failed", "retrying", "running", "queued", "cancelled", "skipped", "succeeded"];

export const streamKey = ({ name, namespace }: Pick<StreamView, "name" | "namespace">): string =>
  namespace === null ? name : `${namespace}.${name}`;

export function prepareStreams(sync: SyncView, now: Date): StreamRow[] {
  return [...sync.streams]
    .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
    .map((stream) => toRow(stream, isFinal(sync.status), now));
}

function toRow(stream: StreamView, isOver: boolean, now: Date): StreamRow {
  const isRunning = stream.status === "running";
  return {
    key: streamKey(stream),
    name: stream.name,
    namespace: stream.namespace,
    status: stream.status,
    sentence: sentenceOf(stream, now),
    share: isRunning ? stream.progressShare : null,
    started: stream.startedAt === null ? NOTHING : formatClock(stream.startedAt),
    rows: formatNumber(stream.rows),
    megabytes: formatNumber(stream.bytes / 1e6, 1),
    rate: formatNumber(stream.rowsPerSecond),
    eta: etaOf(stream, now),
    lag: stream.lagSeconds === null ? NOTHING : roughAge(stream.lagSeconds),
    cursor: stream.cursor ?? NOTHING,
    mode: modeOf(stream),
    table: stream.table,
    acts: actsOf(stream, isOver),
    error: stream.error,
  };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A cursor that is a time in UTC, without its year; any other as it is. */
export function shortCursor(cursor: string): string {
  const [, month, day, clock] =
    /^\d{4}-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00(?::?00)?)$/.exec(cursor) ?? [];
  return month === undefined ? cursor : `${day} ${MONTHS[Number(month) - 1] ?? month} ${clock}`;
}

const modeOf = (stream: StreamView): string => {
  if (stream.refresh) return "read anew from the beginning";
  return stream.syncMode === "full_refresh" ? "full refresh" : "incremental";
};

const PHASES: Record<StreamView["phase"], string> = {
  waiting: "starting",
  installing: "installing the connector, once per version",
  connecting: "connecting",
  reading: "reading",
  staging: "writing files, nothing of it is seen yet",
  committing: "committing",
  done: "finishing",
};

function sentenceOf(stream: StreamView, now: Date): string {
  const took = durationOf(stream, now);
  const kept = `${formatCount(stream.rowsCommitted, "row")} kept`;
  switch (stream.status) {
    case "queued":
      return "queued, waits for a slot";
    case "running":
      return `${PHASES[stream.phase]}${stream.attempt > 1 ? `, attempt ${stream.attempt} of ${stream.maxAttempts}` : ""}`;
    case "retrying":
      return `retrying, ${stream.attempt} of ${stream.maxAttempts}${stream.error ? `: ${stream.error.message}` : ""}`;
    case "succeeded":
      return `succeeded in ${took}, ${stream.rows > 0 ? "committed" : "nothing new"}`;
    case "failed":
      return `failed after ${took}: ${stream.error?.message ?? "the connector gave no reason"}`;
    case "cancelled":
      return `cancelled${stream.endedAt ? ` at ${formatClock(stream.endedAt)}` : ""}, ${kept}`;
    case "skipped":
      return "skipped";
  }
}

function durationOf({ startedAt, endedAt }: StreamView, now: Date): string {
  if (startedAt === null) return "0 s";
  return formatDuration((endedAt ?? now).getTime() - startedAt.getTime());
}

function etaOf(stream: StreamView, now: Date): string {
  if (stream.status === "retrying" && stream.nextAttemptAt !== null) {
    const left = stream.nextAttemptAt.getTime() - now.getTime();
    return left <= 0 ? "now" : `in ${formatDuration(left)}`;
  }
  if (stream.status === "succeeded") return "0 s";
  return stream.etaSeconds === null ? NOTHING : formatDuration(stream.etaSeconds * 1000);
}

/** A stream that has ended may be asked for again, also while others go on. */
function actsOf(stream: StreamView, isOver: boolean): StreamAct[] {
  switch (stream.status) {
    case "queued":
    case "running":
      return isOver ? [] : ["cancel"];
    case "retrying":
      return isOver ? [] : ["retry", "cancel"];
    case "failed":
    case "cancelled":
      return ["retry"];
    case "succeeded":
      return ["refresh"];
    case "skipped":
      return [];
  }
}

export type SchemaChangeRow = {
  key: string;
  stream: string;
  column: string;
  change: string;
  effect: string;
  isHarmless: boolean;
};

/** What changed at the source, and what the policy did about it. */
export function prepareSchemaChanges(streams: readonly StreamView[]): SchemaChangeRow[] {
  return streams.flatMap((stream) =>
    stream.schemaChanges.map((change, index) => ({
      key: `${streamKey(stream)}/${index}`,
      stream: streamKey(stream),
      column: change.column,
      change:
        change.from !== null && change.to !== null
          ? `${change.from} → ${change.to}`
          : `${change.kind} ${change.to ?? change.from ?? "column"}`,
      effect:
        change.count === null || change.text.includes(formatNumber(change.count))
          ? change.text
          : `${change.text} (${formatNumber(change.count)})`,
      isHarmless: change.action === "evolved",
    })),
  );
}
