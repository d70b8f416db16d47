import { formatInstant } from "@/components/ui/format";
import type { RunSummary } from "@/domain/pipelines/run-view";

/** What started a run: `by its schedule for 3 Feb 2027, 02:00:00 UTC`, `by Ada`. */
export function describeTrigger({ trigger, scheduledFor, startedBy }: RunSummary): string {
  const fire = scheduledFor === null ? "" : ` for ${formatInstant(scheduledFor)} UTC`;
  switch (trigger) {
    case "manual":
      return `by ${startedBy}${fire}`;
    case "schedule":
      return `by its schedule${fire}`;
    case "backfill":
      return `by a back-fill of ${startedBy}${fire}`;
    case "rerun":
      return `as a rerun by ${startedBy}${fire}`;
    case "pipeline":
      return `by a task of ${startedBy}${fire}`;
    case "api":
      return `through the API by ${startedBy}${fire}`;
  }
}
