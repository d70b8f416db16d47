import { formatNumber } from "@/components/ui/format";
import { STATE_APPEARANCES } from "@/components/ui/prepare-state";
import type { TaskView } from "@/domain/pipelines/run-view";
import { RunStatus } from "@/domain/shared/run-status";

/** How a map's items stand: `4,120 of 5,000 done, 2 failed, 4 running`. What waits is not named. */
export function countStates(children: readonly TaskView[]): string {
  const counts = new Map<RunStatus, number>();
  for (const { status } of children) counts.set(status, (counts.get(status) ?? 0) + 1);
  const named = RunStatus.options.filter((status) => status !== "queued" && status !== "succeeded");
  return [
    `${formatNumber(counts.get("succeeded") ?? 0)} of ${formatNumber(children.length)} done`,
    ...named.flatMap((status) => {
      const count = counts.get(status);
      return count === undefined ? [] : [`${formatNumber(count)} ${STATE_APPEARANCES[status].word}`];
    }),
  ].join(", ");
}
