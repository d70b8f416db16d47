import { classNames } from "@/components/ui/class-names";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { ResultColumn } from "@/domain/query/result-column";
import { MiniBars } from "./MiniBars";
import { distinctWords, nullWords } from "./prepare-column";
import { rangeWords } from "./range-words";

export const ROW_HEIGHT = 46;

export type ColumnRowProps = {
  id: string;
  column: ResultColumn;
  profile: ColumnProfile | undefined;
  isSelected: boolean;
  onSelect: () => void;
};

/** One column of the list: name and type, nulls and distinct values, its shape. */
export function ColumnRow({ id, column, profile, isSelected, onSelect }: ColumnRowProps) {
  const nulls = profile === undefined ? null : nullWords(profile);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list moves by keys, an option is chosen by the pointer
    <div
      aria-selected={isSelected}
      className={classNames(
        "grid h-[46px] cursor-pointer grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)] items-center gap-3 border-line border-b px-3",
        isSelected ? "bg-select shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-hover",
      )}
      id={id}
      onClick={onSelect}
      role="option"
      tabIndex={-1}
    >
      <div className="min-w-0">
        <p className="truncate font-semibold text-title" title={column.name}>
          {column.name}
        </p>
        <p className="truncate font-mono text-11 text-ink-2" title={column.type}>
          {column.type}
        </p>
      </div>
      <div className="min-w-0 text-right text-11 text-ink-2">
        <p className={nulls?.isSome ? "text-warn" : ""}>{nulls?.text ?? "…"}</p>
        <p className="truncate">{profile === undefined ? "" : distinctWords(profile)}</p>
      </div>
      <Shape profile={profile} />
    </div>
  );
}

function Shape({ profile }: { profile: ColumnProfile | undefined }) {
  if (profile === undefined) return <div className="h-[22px] border-line border-b" />;
  const { histogram, top } = profile;
  const range = rangeWords(profile);
  const counts =
    histogram.length > 0 ? histogram.map(({ rows }) => rows) : (top?.values ?? []).map(({ rows }) => rows);
  const highest = Math.max(1, ...counts);
  const heights = counts.map((count) => (count === 0 ? 0 : Math.max(0.05, count / highest)));
  return (
    <div className="min-w-0">
      <MiniBars heights={heights} isCategorical={histogram.length === 0} />
      <p className="flex justify-between gap-2 text-11 text-ink-2">
        <span className="truncate">{range === null ? valueWords(profile) : range.low}</span>
        <span className="shrink-0">{range?.high}</span>
      </p>
    </div>
  );
}

const valueWords = ({ top }: ColumnProfile): string =>
  top?.values.map(({ text }) => (text === "" ? "empty text" : text)).join(", ") ?? "";
