"use client";

import { formatNumber, formatShare } from "@/components/ui/format";
import { Tag } from "@/components/ui/Tag";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultFilter } from "@/domain/query/result-view";
import { BigHistogram } from "./BigHistogram";
import { columnFacts, filterOfValue, filtersOfBar, originWords } from "./prepare-column";

export type ColumnDetailProps = {
  column: ResultColumn;
  /** The overview until the rest is known. */
  profile: ColumnProfile | undefined;
  isComplete: boolean;
  onFilter?: ((filters: ResultFilter[]) => void) | undefined;
};

/** All that is known of one column. A bar or a value, pressed, becomes a condition. */
export function ColumnDetail({ column, profile, isComplete, onFilter }: ColumnDetailProps) {
  return (
    <div className="flex min-h-0 flex-col overflow-auto">
      <h3 className="flex min-h-[30px] shrink-0 items-center gap-2 border-line border-b px-3">
        <span className="min-w-0 truncate font-semibold text-title" title={column.name}>
          {column.name}
        </span>
        <span className="truncate font-mono text-11 text-ink-2">{column.type}</span>
      </h3>
      {profile === undefined ? (
        <p className="p-3 text-12 text-ink-2">This column is being counted.</p>
      ) : (
        <>
          {profile.histogram.length > 0 && (
            <BigHistogram
              name={column.name}
              onPick={(place) => onFilter?.(filtersOfBar(profile, place))}
              profile={profile}
            />
          )}
          {profile.top !== null && <TopValues onFilter={onFilter} profile={profile} />}
          <dl className="mt-2">
            {columnFacts(profile).map(({ label, text, note }) => (
              <div
                className="flex items-baseline gap-2 border-line border-b px-3 py-[3px] text-13"
                key={label}
              >
                <dt className="text-ink-2">{label}</dt>
                {note !== undefined && <Tag>{note}</Tag>}
                <dd className="ml-auto min-w-0 truncate tabular-nums" title={text}>
                  {text}
                </dd>
              </div>
            ))}
          </dl>
          <p className="px-3 py-2 text-12 text-ink-2">
            {isComplete ? originWords(profile) : "Quantiles and exact counts are still being computed."}
          </p>
          {profile.nulls > 0 && onFilter !== undefined && (
            <button
              className="self-start px-3 pb-3 text-12 text-accent hover:underline"
              onClick={() => onFilter([{ column: profile.column, operator: "is_null" }])}
              type="button"
            >
              Show the {formatNumber(profile.nulls)} rows with null
            </button>
          )}
        </>
      )}
    </div>
  );
}

function TopValues({ profile, onFilter }: Pick<ColumnDetailProps, "onFilter"> & { profile: ColumnProfile }) {
  const values = profile.top?.values ?? [];
  const known = Math.max(1, profile.rows - profile.nulls);
  if (values.length === 0) return <p className="p-3 text-12 text-ink-2">Every value is null.</p>;
  const most = values[0]?.rows ?? 1;
  return (
    <div className="pt-2">
      <p className="px-3 pb-1 text-12 text-ink-2">
        Most frequent values{profile.top?.isExact === false ? ", chosen by an estimate" : ""}
      </p>
      <ul>
        {values.map((value) => (
          <li key={value.text}>
            <button
              className="relative flex w-full items-baseline gap-2 px-3 py-[3px] text-left text-13 hover:bg-hover focus-visible:outline-offset-[-2px]"
              onClick={() => onFilter?.([filterOfValue(profile, value)])}
              title={`Show the rows with ${value.text === "" ? "an empty text" : value.text}`}
              type="button"
            >
              <span
                aria-hidden="true"
                className="absolute inset-y-[3px] left-0 bg-select"
                style={{ width: `${((value.rows / most) * 60).toFixed(2)}%` }}
              />
              <span className="relative min-w-0 truncate">
                {value.text === "" ? <i className="text-ink-3">empty text</i> : value.text}
                {value.length > [...value.text].length && <span className="text-ink-3">…</span>}
              </span>
              <span className="relative ml-auto shrink-0 tabular-nums">{formatNumber(value.rows)}</span>
              <span className="relative w-14 shrink-0 text-right text-12 text-ink-2 tabular-nums">
                {formatShare(value.rows / known)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
