"use client";

import { type FormEvent, useId } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { Dialect } from "@/domain/query/dialect";
import { type QueryParameter, ScalarType } from "@/domain/query/query-parameter";
import { parameterProblem, shownValue, withNull, withType, withTyped } from "./prepare-parameters";

export type ParameterFormProps = {
  parameters: QueryParameter[];
  dialect: Dialect;
  onChange: (parameter: QueryParameter) => void;
  onRun: () => void;
};

/** A typed field for each `{{name}}` of the text. Enter runs the statement at the cursor. */
export function ParameterForm({ parameters, dialect, onChange, onRun }: ParameterFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRun();
  };
  return (
    <form
      aria-label="Parameters"
      className="flex max-h-32 shrink-0 flex-wrap items-start gap-x-5 gap-y-1.5 overflow-auto border-line-2 border-t bg-sunken px-3 py-1.5"
      onSubmit={submit}
    >
      {parameters.map((parameter) => (
        <ParameterField dialect={dialect} key={parameter.name} onChange={onChange} parameter={parameter} />
      ))}
      <button className="sr-only" type="submit">
        Run with these values
      </button>
    </form>
  );
}

type ParameterFieldProps = Pick<ParameterFormProps, "dialect" | "onChange"> & { parameter: QueryParameter };

function ParameterField({ parameter, dialect, onChange }: ParameterFieldProps) {
  const id = useId();
  const { name, type, items = "text", value } = parameter;
  const problem = parameterProblem(parameter, dialect);
  const described = problem === null ? {} : { "aria-describedby": `${id}-note`, "aria-invalid": true };
  const typed = (text: string) => onChange(withTyped(parameter, text));
  const chosen = type === "list" ? `list ${items}` : type;
  const choose = (next: string) => {
    const [kind = "text", of] = next.split(" ");
    onChange(withType(parameter, kind as QueryParameter["type"], of as QueryParameter["items"]));
  };
  return (
    <div>
      <div className="flex items-center gap-1.5">
        <label className="font-mono text-12 text-ink-2" htmlFor={id}>
          {name}
        </label>
        {type === "boolean" ? (
          <select
            {...described}
            className={`${CONTROL_CLASS} !w-[88px]`}
            disabled={value === null}
            id={id}
            onChange={(event) => typed(event.target.value)}
            value={shownValue(parameter)}
          >
            <option value="true">true</option>
            <option value="false">false</option>
          </select>
        ) : (
          <input
            {...described}
            autoComplete="off"
            className={`${CONTROL_CLASS} !w-[168px] font-mono`}
            disabled={value === null}
            id={id}
            inputMode={type === "integer" || type === "decimal" ? "decimal" : "text"}
            onChange={(event) => typed(event.target.value)}
            placeholder={value === null ? "NULL" : PLACEHOLDERS[type]}
            type={type === "date" ? "date" : "text"}
            {...(type === "list"
              ? { defaultValue: shownValue(parameter) }
              : { value: shownValue(parameter) })}
          />
        )}
        <select
          aria-label={`Type of ${name}`}
          className={`${CONTROL_CLASS} !w-auto text-12`}
          onChange={(event) => choose(event.target.value)}
          value={chosen}
        >
          {ScalarType.options.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
          {ScalarType.options.map((each) => (
            <option key={`list ${each}`} value={`list ${each}`}>
              list of {each}
            </option>
          ))}
        </select>
        <label className="flex items-center gap-1 text-12 text-ink-2">
          <input
            aria-label={`${name} is NULL`}
            checked={value === null}
            onChange={(event) => onChange(withNull(parameter, event.target.checked))}
            type="checkbox"
          />
          null
        </label>
      </div>
      {problem !== null && (
        <p className="text-12 text-err" id={`${id}-note`}>
          {problem}
        </p>
      )}
    </div>
  );
}

const PLACEHOLDERS: Record<QueryParameter["type"], string> = {
  text: "text",
  integer: "0",
  decimal: "0.00",
  date: "",
  timestamp: "2026-01-31 10:00:00",
  boolean: "",
  list: "a, b, c",
};
