"use client";

import type { FieldProps, RJSFSchema } from "@rjsf/utils";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { checkSchema, type JsonSchema } from "./check-schema";
import { Help } from "./FieldRow";
import { chosenOption, initialValue, optionFacts, plainDescription } from "./prepare-fields";

/** The field around it has drawn its name. */
const BARE = { "ui:options": { bare: true } };

/** One of several shapes of an object: the choice, then the fields of what is chosen. */
export function OptionField(props: FieldProps) {
  const { fieldPathId, formData, onChange, registry, required = false, name } = props;
  const isOff = props.disabled === true || props.readonly === true;
  const schema: JsonSchema = props.schema;
  const options: RJSFSchema[] = Array.isArray(props.options) ? props.options : [];
  const chosen = chosenAmong(options, formData, registry.rootSchema);
  const option = options[chosen];
  const plain = options.filter((one) => one.type !== "null");
  const { SchemaField } = registry.fields;
  const selectId = `${fieldPathId.$id}-choice`;
  const choose = (text: string) => {
    const index = Number(text);
    onChange(text === "" ? undefined : initialValue(options[index]), fieldPathId.path);
  };
  if (SchemaField === undefined) return null;
  if (options.every((one) => one.properties === undefined)) {
    // Several shapes of one plain value: its control is that of the shape that fits, or of the first.
    return <SchemaField {...props} schema={option ?? plain[0] ?? {}} uiSchema={BARE} />;
  }
  return (
    <div className="border-line border-b py-1.5">
      <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3">
        <label className="pt-1 font-mono text-12 [overflow-wrap:anywhere]" htmlFor={selectId}>
          {name}
          {required && <span className="ml-0.5 text-ink-3">*</span>}
        </label>
        <div className="min-w-0">
          <select
            className={CONTROL_CLASS}
            disabled={isOff}
            id={selectId}
            onChange={(event) => choose(event.target.value)}
            value={chosen < 0 ? "" : String(chosen)}
          >
            {(chosen < 0 || !required) && <option value="">{required ? "Choose" : "Not set"}</option>}
            {options.map((one, index) => {
              const { title } = optionFacts(one, index);
              return (
                <option key={title} value={index}>
                  {title}
                </option>
              );
            })}
          </select>
          <Help text={plainDescription(option?.description ?? schema.description)} />
        </div>
      </div>
      {option !== undefined && (
        <div className="mt-1 border-line-2 border-l pl-2.5">
          <SchemaField {...props} key={chosen} schema={{ type: "object", ...option }} uiSchema={BARE} />
        </div>
      )}
    </div>
  );
}

function chosenAmong(options: readonly RJSFSchema[], value: unknown, root: JsonSchema): number {
  const named = chosenOption(options, value);
  if (named >= 0 || value === undefined) return named;
  return options.findIndex((option) => checkSchema(option, value, root).length === 0);
}
