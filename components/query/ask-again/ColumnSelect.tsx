"use client";

import { CONTROL_CLASS } from "@/components/ui/Field";
import type { AskedColumn } from "@/domain/query/ask-again/ask-again";
import { type Choice, choiceOf } from "./column-choice";

export type ColumnSelectProps = {
  label: string;
  choices: readonly Choice[];
  value: AskedColumn | null;
  /** What stands for no column. */
  none: string;
  onChange: (column: AskedColumn | null) => void;
};

export function ColumnSelect({ label, choices, value, none, onChange }: ColumnSelectProps) {
  return (
    <select
      aria-label={label}
      className={CONTROL_CLASS}
      onChange={(event) =>
        onChange(choices.find((choice) => choice.value === event.target.value)?.column ?? null)
      }
      value={value === null ? "" : choiceOf(value)}
    >
      <option value="">{none}</option>
      {choices.map(({ value: key, label: name, type }) => (
        <option key={key} value={key}>
          {`${name} (${type})`}
        </option>
      ))}
    </select>
  );
}
