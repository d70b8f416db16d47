"use client";

import type { WidgetProps } from "@rjsf/utils";
import { classNames } from "@/components/ui/class-names";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { JsonSchema } from "./check-schema";
import { placeholderOf } from "./prepare-fields";
import { SecretInput } from "./SecretInput";

const AREA_CLASS =
  "w-full min-w-0 resize-y rounded-2 border border-ctl bg-raised px-2 py-1 font-mono text-12 text-ink aria-[invalid=true]:border-2 aria-[invalid=true]:border-err";

const isOff = ({ disabled, readonly }: WidgetProps): boolean => (disabled ?? false) || (readonly ?? false);

/** A list's entry, which has no label and no note of its own. */
const isEntry = (id: string): boolean => /_\d+$/.test(id);

const about = ({ id, label, rawErrors = [] }: WidgetProps) => ({
  ...(isEntry(id) ? { "aria-label": label || "Entry" } : { "aria-describedby": `${id}-note` }),
  "aria-invalid": rawErrors.length > 0,
  id,
});

const isIdentifier = (schema: JsonSchema): boolean =>
  typeof schema.pattern === "string" || typeof schema.format === "string";

/** One line of text or a number; several lines or a secret where the schema says so. */
export function TextInput(props: WidgetProps) {
  const { value, onChange } = props;
  const schema: JsonSchema = props.schema;
  if (schema.airbyte_secret === true) return <SecretInput {...props} />;
  const change = (text: string) => onChange(text === "" ? undefined : text);
  const isNumber = schema.type === "integer" || schema.type === "number";
  if (schema.multiline === true) {
    return (
      <textarea
        {...about(props)}
        className={AREA_CLASS}
        onChange={(event) => change(event.target.value)}
        placeholder={placeholderOf(schema)}
        readOnly={isOff(props)}
        rows={4}
        spellCheck={false}
        value={value ?? ""}
      />
    );
  }
  return (
    <input
      {...about(props)}
      autoComplete="off"
      className={classNames(CONTROL_CLASS, isIdentifier(schema) && "font-mono")}
      inputMode={isNumber ? "decimal" : undefined}
      onChange={(event) => change(event.target.value)}
      placeholder={placeholderOf(schema)}
      readOnly={isOff(props)}
      spellCheck={false}
      type="text"
      value={value ?? ""}
    />
  );
}

export function ChoiceInput(props: WidgetProps) {
  const { value, onChange, options, required, multiple } = props;
  const schema: JsonSchema = props.schema;
  const choices = options.enumOptions ?? [];
  if (multiple) return <ChecksInput {...props} />;
  const index = choices.findIndex((choice) => choice.value === value);
  return (
    <select
      {...about(props)}
      className={CONTROL_CLASS}
      disabled={isOff(props)}
      onChange={(event) =>
        onChange(event.target.value === "" ? undefined : choices[Number(event.target.value)]?.value)
      }
      value={index < 0 ? "" : String(index)}
    >
      {(index < 0 || !required) && <option value="">{placeholderOf(schema) || "Not set"}</option>}
      {choices.map((choice, each) => (
        <option key={choice.label} value={each}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** A tick for each choice of a list. */
export function ChecksInput(props: WidgetProps) {
  const { value, onChange, options } = props;
  const held: unknown[] = Array.isArray(value) ? value : [];
  const choices = options.enumOptions ?? [];
  return (
    <fieldset aria-labelledby={`${props.id}-label`} className="flex flex-wrap gap-x-4 pt-1" id={props.id}>
      {choices.map((choice) => (
        <label className="inline-flex items-center gap-1.5" key={choice.label}>
          <input
            checked={held.includes(choice.value)}
            disabled={isOff(props)}
            onChange={(event) =>
              onChange(
                choices
                  .map((one) => one.value)
                  .filter((one) => (one === choice.value ? event.target.checked : held.includes(one))),
              )
            }
            type="checkbox"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

export function TickInput(props: WidgetProps) {
  const { value, onChange } = props;
  const schema: JsonSchema = props.schema;
  const isDefault = value === undefined;
  const shown = value ?? schema.default ?? false;
  return (
    <span className="flex h-[26px] items-center gap-2">
      <input
        {...about(props)}
        checked={shown === true}
        disabled={isOff(props)}
        onChange={(event) => onChange(event.target.checked)}
        type="checkbox"
      />
      <span className="text-12 text-ink-2">
        {shown === true ? "true" : "false"}
        {isDefault && schema.default !== undefined && ", the default"}
      </span>
    </span>
  );
}
