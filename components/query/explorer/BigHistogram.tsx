"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { formatCount } from "@/components/ui/format";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { axisTicks } from "./axis-ticks";
import { axisText } from "./prepare-column";

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

export type BigHistogramProps = {
  profile: ColumnProfile;
  name: string;
  /** A bar was chosen: its rows are to be looked at. */
  onPick?: ((place: number) => void) | undefined;
};

/** The values of a column over a ruler. One tab stop: arrows, Home and End move over the bars, Enter picks one. */
export function BigHistogram({ profile, name, onPick }: BigHistogramProps) {
  const { histogram } = profile;
  const group = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const highest = Math.max(1, ...histogram.map(({ rows }) => rows));
  const span = (histogram.at(-1)?.to ?? 0) - (histogram[0]?.from ?? 0);
  const words = (place: number): string => {
    const bar = histogram[place];
    if (bar === undefined) return "";
    const to = place === histogram.length - 1 ? "to" : "to below";
    return `${axisText(bar.from, profile, span)} ${to} ${axisText(bar.to, profile, span)}: ${formatCount(bar.rows, "row")}`;
  };
  const move = (event: KeyboardEvent) => {
    const last = histogram.length - 1;
    const target = { ArrowLeft: focused - 1, ArrowRight: focused + 1, Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, target), last);
    setFocused(next);
    group.current?.querySelectorAll<HTMLElement>("button")[next]?.focus();
  };
  return (
    <figure className="px-3 pt-3">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        aria-label={`Histogram of ${name}`}
        className="flex h-[110px] items-end"
        onKeyDown={move}
        ref={group}
        role="group"
      >
        {histogram.map((bar, place) => (
          <button
            aria-label={words(place)}
            className="group flex h-full min-w-0 flex-1 items-end px-[0.5px] focus-visible:outline-offset-[-2px]"
            key={bar.from}
            onClick={() => onPick?.(place)}
            onFocus={() => setFocused(place)}
            tabIndex={place === Math.min(focused, histogram.length - 1) ? 0 : -1}
            title={words(place)}
            type="button"
          >
            <span
              className="block w-full bg-ctl group-hover:bg-accent group-focus-visible:bg-accent"
              style={{ height: bar.rows === 0 ? 0 : `max(1px, ${percent(bar.rows / highest)})` }}
            />
          </button>
        ))}
      </div>
      <div aria-hidden="true" className="relative h-6 border-ctl border-t">
        {axisTicks(profile).map(({ left, label }) => (
          <span className="absolute top-0" key={left} style={{ left: percent(left) }}>
            <span className={label === null ? "block h-[3px] w-px bg-ctl" : "block h-[7px] w-px bg-ctl"} />
            {label !== null && (
              <span className={`absolute top-[8px] whitespace-nowrap text-11 text-ink-2 ${shiftOf(left)}`}>
                {label}
              </span>
            )}
          </span>
        ))}
      </div>
      <details className="mt-1 text-12 text-ink-2">
        <summary className="cursor-pointer">As a table</summary>
        <table className="mt-1 w-full text-11 tabular-nums">
          <thead>
            <tr>
              <th className="text-left" scope="col">
                from
              </th>
              <th className="text-left" scope="col">
                to
              </th>
              <th className="text-right" scope="col">
                rows
              </th>
            </tr>
          </thead>
          <tbody>
            {histogram.map((bar) => (
              <tr key={bar.from}>
                <td>{axisText(bar.from, profile, span)}</td>
                <td>{axisText(bar.to, profile, span)}</td>
                <td className="text-right">{bar.rows.toLocaleString("en-US")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

const shiftOf = (left: number): string =>
  left < 0.06 ? "" : left > 0.94 ? "-translate-x-full" : "-translate-x-1/2";
