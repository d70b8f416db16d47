import { CONTROL_CLASS } from "@/components/ui/Field";
import { DataSetKind } from "@/domain/datasets/data-set-record";

export type DataSetFiltersProps = {
  kind: DataSetKind | null;
  words: string;
  onKind: (kind: string) => void;
  onWords: (words: string) => void;
};

/** Which data sets the list shows. */
export function DataSetFilters({ kind, words, onKind, onWords }: DataSetFiltersProps) {
  return (
    <>
      <select
        aria-label="Kind"
        className={`${CONTROL_CLASS} !w-auto`}
        onChange={(event) => onKind(event.target.value)}
        value={kind ?? ""}
      >
        <option value="">All kinds</option>
        {DataSetKind.options.map((each) => (
          <option key={each} value={each}>
            {each}s
          </option>
        ))}
      </select>
      <input
        aria-label="Filter data sets by name or owner"
        className={`${CONTROL_CLASS} !w-[220px]`}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onWords("")}
        placeholder="Filter by name or owner"
        type="search"
        value={words}
      />
    </>
  );
}
