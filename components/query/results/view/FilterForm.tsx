"use client";

import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultFilter } from "@/domain/query/result-view";
import {
  exampleOf,
  filterOf,
  needsValue,
  OPERATOR_WORDS,
  type Operator,
  operatorsOf,
} from "./filter-choices";

export type FilterFormProps = {
  column: number;
  description: ResultColumn;
  at: { left: number; top: number };
  onApply: (filter: ResultFilter) => void;
  onClose: () => void;
};

/** Asks for one condition on a column, under its head. Enter applies, Esc closes. */
export function FilterForm({ column, description, at, onApply, onClose }: FilterFormProps) {
  const operators = operatorsOf(description.type);
  const [operator, setOperator] = useState<Operator>(operators[0] ?? "=");
  const [typed, setTyped] = useState("");
  const title = useId();
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    // The form comes where a menu was: the keyboard goes on in it.
    first.current?.focus();
  }, []);
  const isBoolean = operators.length === 3 && operator === "=";
  const missing = needsValue(operator) && typed.trim() === "" && operator !== "=" && operator !== "!=";
  return (
    <div
      aria-labelledby={title}
      className="absolute z-30 w-72 rounded-3 border border-ctl bg-raised p-3 shadow-float"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onClose();
      }}
      role="dialog"
      style={at}
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) onApply(filterOf(column, operator, isBoolean && typed === "" ? "true" : typed));
        }}
      >
        <p className="font-semibold text-title" id={title}>
          Rows where {description.name}
        </p>
        <select
          aria-label="Condition"
          className={CONTROL_CLASS}
          onChange={(event) => setOperator(event.target.value as Operator)}
          ref={first}
          value={operator}
        >
          {operators.map((choice) => (
            <option key={choice} value={choice}>
              {OPERATOR_WORDS[choice]}
            </option>
          ))}
        </select>
        {needsValue(operator) && (
          <ValueControl
            isBoolean={isBoolean}
            isList={operator === "in"}
            onChange={setTyped}
            type={description.type}
            value={typed}
          />
        )}
        <span className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            Close
          </Button>
          <Button disabledReason={missing ? "Write a value first." : null} kind="primary" type="submit">
            Filter
          </Button>
        </span>
      </form>
    </div>
  );
}

type ValueControlProps = {
  type: string;
  isBoolean: boolean;
  isList: boolean;
  value: string;
  onChange: (value: string) => void;
};

function ValueControl({ type, isBoolean, isList, value, onChange }: ValueControlProps) {
  if (isBoolean) {
    return (
      <select
        aria-label="Value"
        className={CONTROL_CLASS}
        onChange={(event) => onChange(event.target.value)}
        value={value === "" ? "true" : value}
      >
        <option value="true">true</option>
        <option value="false">false</option>
      </select>
    );
  }
  if (isList) {
    return (
      <textarea
        aria-label="Values, one on a line or between commas"
        className={`${CONTROL_CLASS} !h-20 py-1`}
        onChange={(event) => onChange(event.target.value)}
        placeholder="One on a line, or between commas"
        value={value}
      />
    );
  }
  return (
    <input
      aria-label="Value"
      className={CONTROL_CLASS}
      onChange={(event) => onChange(event.target.value)}
      placeholder={exampleOf(type)}
      value={value}
    />
  );
}
