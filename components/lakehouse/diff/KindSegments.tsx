import { classNames } from "@/components/ui/class-names";
import type { TableDiff } from "../lake-types";
import { type DiffKind, kindFilters } from "./prepare-diff";

export type KindSegmentsProps = {
  counts: TableDiff["counts"];
  kind: DiffKind | null;
  onKind: (kind: DiffKind | null) => void;
};

/** All rows that differ, or those of one kind. */
export function KindSegments({ counts, kind, onKind }: KindSegmentsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <span aria-label="Kind of difference" className="inline-flex rounded-2 border border-ctl" role="group">
      {kindFilters(counts).map((filter) => (
        <button
          aria-pressed={filter.kind === kind}
          className={classNames(
            "h-[22px] border-line-2 border-r px-2 text-12 last:border-r-0",
            filter.kind === kind ? "bg-ink font-semibold text-panel" : "text-ink hover:bg-hover",
          )}
          key={filter.label}
          onClick={() => onKind(filter.kind)}
          type="button"
        >
          {filter.label}
        </button>
      ))}
    </span>
  );
}
