"use client";

import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { AskAgain } from "@/domain/query/ask-again/ask-again";
import { ResultFilter } from "@/domain/query/result-view";
import { ColumnSelect } from "./ColumnSelect";
import type { Choice } from "./column-choice";

type Filter = AskAgain["filters"][number];

const OPERATORS = ResultFilter.shape.operator.options;
const isUnary = (operator: Filter["operator"]) => operator === "is_null" || operator === "is_not_null";

/** What is written, as the operator takes it: a list of values stands between commas. */
const read = (operator: Filter["operator"], text: string): Filter["value"] =>
  operator === "in" ? text.split(",").map((each) => each.trim()) : text;
const written = (value: Filter["value"]): string =>
  Array.isArray(value) ? value.join(", ") : value === undefined ? "" : String(value);

export type FilterRowsProps = {
  filters: AskAgain["filters"];
  choices: readonly Choice[];
  onChange: (filters: AskAgain["filters"]) => void;
};

export function FilterRows({ filters, choices, onChange }: FilterRowsProps) {
  const change = (at: number, next: Filter) =>
    onChange(filters.map((each, place) => (place === at ? next : each)));
  const [first] = choices;
  return (
    <div className="flex flex-col gap-1">
      {filters.map((filter, at) => {
        const label = `condition ${at + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions are told by their place alone
          <div className="grid grid-cols-[1fr_110px_1fr_auto] gap-1" key={at}>
            <ColumnSelect
              choices={choices}
              label={`Column of ${label}`}
              none="choose"
              onChange={(column) => column !== null && change(at, { ...filter, column })}
              value={filter.column}
            />
            <select
              aria-label={`Operator of ${label}`}
              className={CONTROL_CLASS}
              onChange={(event) => {
                const operator = OPERATORS.find((each) => each === event.target.value) ?? "=";
                const { value: before, ...rest } = filter;
                const value = isUnary(operator) ? undefined : read(operator, written(before));
                change(at, { ...rest, operator, ...(value === undefined ? {} : { value }) });
              }}
              value={filter.operator}
            >
              {OPERATORS.map((operator) => (
                <option key={operator} value={operator}>
                  {operator.replaceAll("_", " ")}
                </option>
              ))}
            </select>
            {isUnary(filter.operator) ? (
              <span />
            ) : (
              <input
                aria-label={`Value of ${label}`}
                className={CONTROL_CLASS}
                onChange={(event) =>
                  change(at, { ...filter, value: read(filter.operator, event.target.value) })
                }
                value={written(filter.value)}
              />
            )}
            <Button
              aria-label={`Remove ${label}`}
              kind="quiet"
              onClick={() => onChange(filters.filter((_, place) => place !== at))}
            >
              ×
            </Button>
          </div>
        );
      })}
      <div>
        <Button
          disabledReason={first === undefined ? "The result has no column." : null}
          kind="quiet"
          onClick={() =>
            first !== undefined && onChange([...filters, { column: first.column, operator: "=", value: "" }])
          }
        >
          Add a condition
        </Button>
      </div>
    </div>
  );
}
