"use client";

import type { ReactNode } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { AGGREGATES, type Aggregate } from "@/domain/query/ask-again/ask-again";
import { ColumnSelect } from "./ColumnSelect";
import type { Choice } from "./column-choice";

export type AggregateRowProps = {
  label: string;
  aggregate: Aggregate;
  choices: readonly Choice[];
  onChange: (aggregate: Aggregate) => void;
  children?: ReactNode;
};

/** A function and the column that it is of. */
export function AggregateRow({ label, aggregate, choices, onChange, children }: AggregateRowProps) {
  return (
    <div className="grid grid-cols-[130px_1fr_auto] gap-1">
      <select
        aria-label={`Function of ${label}`}
        className={CONTROL_CLASS}
        onChange={(event) =>
          onChange({ ...aggregate, of: AGGREGATES.find((each) => each === event.target.value) ?? "count" })
        }
        value={aggregate.of}
      >
        {AGGREGATES.map((each) => (
          <option key={each} value={each}>
            {each.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      <ColumnSelect
        choices={choices}
        label={`Column of ${label}`}
        none="rows"
        onChange={(column) => onChange({ ...aggregate, column })}
        value={aggregate.column}
      />
      {children}
    </div>
  );
}
