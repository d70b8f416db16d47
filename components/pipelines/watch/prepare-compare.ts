import { formatDifference, formatDuration, formatNumber } from "@/components/ui/format";
import type { ComparedSide, ComparedTask } from "@/domain/pipelines/watch/compare-runs";

export type CompareFact = { label: string; before: string; after: string; difference: string };

const METRIC_DIGITS = 4;

/** What of a task can be told as numbers, both runs beside each other. `difference` is after less before, where both are there. */
export function prepareCompare({ before, after }: ComparedTask): CompareFact[] {
  const names = new Set([...Object.keys(before?.metrics ?? {}), ...Object.keys(after?.metrics ?? {})]);
  const facts = [
    fact("duration", before?.ms, after?.ms, formatDuration, (ms) =>
      ms < 0 ? `\u2212${formatDuration(-ms)}` : `+${formatDuration(ms)}`,
    ),
    fact("attempts", before?.attempts, after?.attempts, formatNumber, formatDifference),
    fact("rows written", before?.rows, after?.rows, formatNumber, formatDifference),
    ...[...names].map((name) =>
      fact(
        name,
        metricOf(before, name),
        metricOf(after, name),
        (value) => formatNumber(value, METRIC_DIGITS),
        (value) => formatDifference(value, METRIC_DIGITS),
      ),
    ),
  ];
  return facts.flatMap((each) => each ?? []);
}

const metricOf = (side: ComparedSide | null, name: string): number | undefined => side?.metrics[name];

function fact(
  label: string,
  before: number | null | undefined,
  after: number | null | undefined,
  format: (value: number) => string,
  formatChange: (value: number) => string,
): CompareFact | null {
  if (before == null && after == null) return null;
  const change = before == null || after == null ? 0 : after - before;
  return {
    label,
    before: before == null ? "none" : format(before),
    after: after == null ? "none" : format(after),
    difference: change === 0 ? "" : formatChange(change),
  };
}
