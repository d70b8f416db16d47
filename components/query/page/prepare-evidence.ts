import { formatBytes, formatCount, formatDuration, formatNumber } from "@/components/ui/format";
import type { ShownState } from "@/components/ui/prepare-state";
import { ENGINE_WORDS } from "../engine-words";
import { elapsedOf } from "../statements/prepare-statements";
import { isOver, type Statement } from "../statements/statement";

export type Evidence = {
  state: ShownState | null;
  /** What was done and where. */
  lead: string;
  /** Why there. */
  because: string;
  facts: { key: string; text: string; isStrong?: boolean }[];
};

const NOTHING: Evidence = { state: null, lead: "Nothing was run yet", because: "", facts: [] };

/** Where what is shown comes from: engine and reason, rows read and returned, time. */
export function prepareEvidence(statement: Statement | null, now: number): Evidence {
  if (statement === null) return NOTHING;
  const { status, run } = statement;
  const time = { key: "time", text: formatDuration(elapsedOf(statement, now)), isStrong: true };
  if (run === null) {
    if (status === "running")
      return { ...NOTHING, state: status, lead: "Asking for an engine", facts: [time] };
    return { ...NOTHING, state: status, lead: LEADS[status] ?? "Not run" };
  }
  const engine = ENGINE_WORDS[run.placement.engine];
  const lead = `${LEADS[status] ?? "Ran"} on ${engine}`;
  const written = run.writes.map(({ table, mode, rows }) => ({
    key: `wrote ${table}`,
    text: `${MODES[mode]} ${table}${rows === null ? "" : `, ${formatCount(rows, "row")}`}`,
  }));
  return {
    state: status,
    lead,
    because:
      statement.mark ??
      (run.placement.chosen === "by_user" ? "as you chose" : `because ${run.placement.reason}`),
    facts: [
      ...(run.rowsRead === null ? [] : [{ key: "read", text: `${formatCount(run.rowsRead, "row")} read` }]),
      ...(run.bytesRead === null ? [] : [{ key: "bytes", text: `${formatBytes(run.bytesRead)} read` }]),
      ...written,
      ...(written.length > 0 ? [] : [{ key: "returned", text: returned(statement) }]),
      time,
    ],
  };
}

const LEADS: Partial<Record<Statement["status"], string>> = {
  queued: "Waiting to run",
  running: "Running",
  succeeded: "Ran",
  failed: "Failed",
  cancelled: "Cancelled",
  skipped: "Not run",
};

const MODES = { create: "made", replace: "replaced", append: "appended to", drop: "dropped" } as const;

function returned(statement: Statement): string {
  const { run, status, previewOf } = statement;
  const rows = run?.rows ?? 0;
  if (!isOver(statement)) return `${formatNumber(rows)} returned so far`;
  if (status !== "succeeded") return `${formatNumber(rows)} returned before it ended`;
  if (previewOf !== null) return `a preview: at most the first 200 rows, ${formatNumber(rows)} returned`;
  return run?.resultKept === false
    ? `${formatNumber(rows)} returned, no longer kept`
    : `${formatNumber(rows)} returned, all shown`;
}
