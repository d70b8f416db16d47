"use client";

import { Button } from "@/components/ui/Button";
import type { AskedColumn } from "@/domain/query/ask-again/ask-again";
import { ColumnSelect } from "./ColumnSelect";
import { type Choice, choiceOf } from "./column-choice";

export type ColumnListProps = {
  label: string;
  choices: readonly Choice[];
  columns: readonly AskedColumn[];
  onChange: (columns: AskedColumn[]) => void;
};

/** Columns in an order: each can be taken out, another one put behind. */
export function ColumnList({ label, choices, columns, onChange }: ColumnListProps) {
  const left = choices.filter(({ value }) => !columns.some((column) => choiceOf(column) === value));
  return (
    <div className="flex flex-wrap items-center gap-1">
      {columns.map((column) => {
        const name = choices.find(({ value }) => value === choiceOf(column))?.label ?? "";
        return (
          <Button
            aria-label={`Take ${name} out of ${label}`}
            key={choiceOf(column)}
            onClick={() => onChange(columns.filter((each) => each !== column))}
          >
            {name} ×
          </Button>
        );
      })}
      <span className="w-44">
        <ColumnSelect
          choices={left}
          label={`Add a column to ${label}`}
          none="add a column"
          onChange={(column) => column !== null && onChange([...columns, column])}
          value={null}
        />
      </span>
    </div>
  );
}
