"use client";

import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export const SIDES = ["tables", "saved", "history"] as const;
export type Side = (typeof SIDES)[number];

const WORDS: Record<Side, string> = { tables: "Tables", saved: "Saved", history: "History" };

export type QuerySideProps = {
  side: Side;
  onSide: (side: Side) => void;
  width: number;
  children: ReactNode;
};

/** What a statement is made from: tables, saved queries, what was run before. */
export function QuerySide({ side, onSide, width, children }: QuerySideProps) {
  return (
    <section
      aria-label={WORDS[side]}
      className="flex min-h-0 shrink-0 flex-col bg-sunken"
      data-pane=""
      style={{ width }}
      tabIndex={-1}
    >
      <fieldset className="m-0 flex h-[34px] shrink-0 items-stretch border-0 border-line-2 border-b p-0 px-1">
        <legend className="sr-only">What is listed</legend>
        {SIDES.map((each) => (
          <button
            aria-pressed={each === side}
            className={classNames(
              "-mb-px border-b-2 px-2.5 text-13",
              each === side
                ? "border-accent font-semibold text-ink"
                : "border-transparent font-medium text-ink-2 hover:text-ink",
            )}
            key={each}
            onClick={() => onSide(each)}
            type="button"
          >
            {WORDS[each]}
          </button>
        ))}
      </fieldset>
      <h2 className="sr-only">{WORDS[side]}</h2>
      {children}
    </section>
  );
}
