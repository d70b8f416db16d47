import { classNames } from "@/components/ui/class-names";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { ResultColumn } from "@/domain/query/result-column";
import { MiniBars } from "./MiniBars";
import { axisText, distinctWords, nullWords } from "./prepare-column";

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
  const counts =
    histogram.length > 0 ? histogram.map(({ rows }) => rows) : (top?.values ?? []).map(({ rows }) => rows);
  const highest = Math.max(1, ...counts);
  const heights = counts.map((count) => (count === 0 ? 0 : Math.max(0.05, count / highest)));
  return (
    <div className="min-w-0">
      <MiniBars heights={heights} isCategorical={histogram.length === 0} />
      <p className="flex justify-between gap-2 text-11 text-ink-2">
        <span className="truncate">{lowWords(profile)}</span>
        <span className="shrink-0">{highWords(profile)}</span>
      </p>
    </div>
  );
}

const spanOf = ({ histogram }: ColumnProfile): number =>
  (histogram.at(-1)?.to ?? 0) - (histogram[0]?.from ?? 0);

function lowWords(profile: ColumnProfile): string {
  const first = profile.histogram[0];
  if (first !== undefined) return axisText(first.from, profile, spanOf(profile));
  return profile.top?.values.map(({ text }) => (text === "" ? "empty text" : text)).join(", ") ?? "";
}

function highWords(profile: ColumnProfile): string {
  const last = profile.histogram.at(-1);
  if (last === undefined) return "";
  const isWholeBar = profile.kind === "integer" || profile.kind === "date";
  return axisText(isWholeBar ? Number(last.to) - wholeStep(profile) : last.to, profile, spanOf(profile));
}

/** Bars of whole numbers end before the next one. */
const wholeStep = ({ kind }: ColumnProfile): number => (kind === "date" ? 86_400_000_000 : 1);
