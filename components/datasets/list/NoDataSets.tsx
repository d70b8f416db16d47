import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatCount } from "@/components/ui/format";

/** Why the list is empty: there is nothing, or nothing that fits the filter. */
export function NoDataSets({ total, onUnfilter }: { total: number; onUnfilter: () => void }) {
  if (total === 0)
    return (
      <EmptyState title="There are no data sets here yet.">
        Syncs and pipelines write tables, trainings register models, and reports are made here.
      </EmptyState>
    );
  return (
    <EmptyState
      action={<Button onClick={onUnfilter}>Remove the filter</Button>}
      title="No data set fits the filter."
    >
      There are {formatCount(total, "data set")}.
    </EmptyState>
  );
}
