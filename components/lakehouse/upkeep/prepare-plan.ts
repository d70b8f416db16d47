import { formatBytes, formatDifference, formatNumber } from "@/components/ui/format";
import type { Plan, TableDetail } from "../lake-types";

export type PlanLine = { label: string; now: string; after: string; difference: string; isWorse: boolean };

type Measure = {
  label: string;
  now: number | null;
  after: number | null;
  isBytes?: boolean;
  isWorse?: boolean;
};

const NONE = "none";

function line({ label, now, after, isBytes = false, isWorse = false }: Measure): PlanLine {
  const show = (value: number | null) =>
    value === null ? NONE : isBytes ? formatBytes(value) : formatNumber(value);
  const difference = now === null || after === null ? null : after - now;
  const shown =
    difference === null
      ? NONE
      : isBytes && difference !== 0
        ? `${difference > 0 ? "+" : "−"}${formatBytes(Math.abs(difference))}`
        : formatDifference(difference);
  return { label, now: show(now), after: show(after), difference: shown, isWorse };
}

type Table = Pick<TableDetail, "fileCount" | "bytes">;

/** What a plan changes: now, after and the difference; what gets worse comes first. */
export function preparePlan(plan: Plan, table: Table, snapshotCount: number): PlanLine[] {
  switch (plan.action) {
    case "compact": {
      const after = table.fileCount - plan.filesIn + plan.filesOut;
      const mean = (bytes: number, files: number) => (files === 0 ? null : bytes / files);
      return [
        line({
          label: "On disk until snapshots expire",
          now: table.bytes,
          after: table.bytes + plan.bytesOut,
          isBytes: true,
          isWorse: plan.bytesOut > 0,
        }),
        line({ label: "Files that a scan opens", now: table.fileCount, after }),
        line({
          label: "Mean size of a file",
          now: mean(table.bytes, table.fileCount),
          after: mean(table.bytes - plan.bytesIn + plan.bytesOut, after),
          isBytes: true,
        }),
      ];
    }
    case "expire":
      return [
        line({
          label: "Snapshots to go back to",
          now: snapshotCount,
          after: snapshotCount - plan.snapshotIds.length,
          isWorse: plan.snapshotIds.length > 0,
        }),
        line({ label: "Data files", now: plan.filesIn, after: plan.filesOut }),
        line({ label: "On disk", now: plan.bytesIn, after: plan.bytesOut, isBytes: true }),
      ];
    case "remove_orphans":
      return [
        line({ label: "Files in the folder", now: plan.filesIn, after: plan.filesOut }),
        line({ label: "On disk", now: plan.bytesIn, after: plan.bytesOut, isBytes: true }),
      ];
  }
}

/** Whether carrying the plan out would change anything. */
export function isPlanEmpty(plan: Plan): boolean {
  return plan.action === "compact"
    ? plan.filesIn === 0
    : plan.files.length === 0 && plan.snapshotIds.length === 0;
}

/** Why a plan that is shown cannot be carried out as it is; null where it can. */
export function whyNotExecuted(plan: Plan, headId: string | null): string | null {
  if (isPlanEmpty(plan)) return "The plan has nothing to do.";
  if (plan.basedOnSnapshotId !== headId) {
    return "A writer has committed since this plan was made. Plan again.";
  }
  return null;
}
