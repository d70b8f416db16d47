import { formatCount, formatDay } from "@/components/ui/format";
import type { ShownState } from "@/components/ui/prepare-state";
import type { BackfillView } from "@/domain/pipelines/backfill/backfill-view";

export type ShownBackfill = {
  state: ShownState;
  word: string;
  /** First and last day, in the zone of its times. */
  range: string;
  /** 0–1: of its fire times, how many are dealt with and have no run that goes on. */
  doneShare: number;
  /** `12 of 30: 9 done, 1 failed, 2 under way`. */
  progress: string;
  canPause: boolean;
  canResume: boolean;
  canCancel: boolean;
};

const WORDS: Record<BackfillView["status"], [ShownState, string]> = {
  running: ["running", "going on"],
  paused: ["waiting", "paused"],
  cancelled: ["skipped", "cancelled"],
  ended: ["succeeded", "ended"],
};

/** How far a back-fill is, and what can be done with it. */
export function prepareBackfill(backfill: BackfillView): ShownBackfill {
  const { status, total, made, runs, from, until, timeZone } = backfill;
  const open = (runs.queued ?? 0) + (runs.running ?? 0) + (runs.retrying ?? 0);
  const failed = (runs.failed ?? 0) + (runs.cancelled ?? 0);
  const all = Object.values(runs).reduce((sum, count) => sum + (count ?? 0), 0);
  const parts = [
    [runs.succeeded ?? 0, "done"],
    [failed, "failed or cancelled"],
    [open, "under way"],
    [Math.max(0, made - all), "not called for"],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  const [state, word] = WORDS[status];
  return {
    state: status === "ended" && failed > 0 ? "warning" : state,
    word,
    range: `${dayIn(from, timeZone)} to ${dayIn(new Date(until.getTime() - 1), timeZone)}`,
    doneShare: total === 0 ? 1 : Math.max(0, made - open) / total,
    progress: `${formatCount(made, "time")} of ${total}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`,
    canPause: status === "running",
    canResume: status === "paused",
    canCancel: status === "running" || status === "paused",
  };
}

function dayIn(at: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }).format(at);
  return formatDay(new Date(`${day}T00:00:00Z`));
}
