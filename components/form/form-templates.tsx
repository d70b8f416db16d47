"use client";

import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
} from "@rjsf/utils";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { isRecord } from "@/domain/shared/is-record";
import type { JsonSchema } from "./check-schema";
import { Errors, FieldRow, Help } from "./FieldRow";
import { isAtDefault, orderFields, plainDescription } from "./prepare-fields";

const typesOf = (schema: JsonSchema): unknown[] => (Array.isArray(schema.type) ? schema.type : [schema.type]);
const hasOptions = (schema: JsonSchema): boolean =>
  [schema.oneOf, schema.anyOf].some(
    (options) =>
      Array.isArray(options) &&
      options.some((option) => isRecord(option) && ("properties" in option || option.type === "object")),
  );

/** Whether a field brings its own frame: an object, a choice of objects, or a list of them. */
function isFramed(schema: JsonSchema): boolean {
  if (hasOptions(schema) || typesOf(schema).includes("object") || isRecord(schema.properties)) return true;
  return isRecord(schema.items) && isFramed(schema.items);
}

const isList = (schema: JsonSchema): boolean => typesOf(schema).includes("array");

export function ConfigFieldTemplate(props: FieldTemplateProps) {
  const { id, fieldPathId, schema, required, rawErrors = [], rawDescription, children, hidden } = props;
  if (hidden) return <div hidden>{children}</div>;
  const key = fieldPathId.path.at(-1);
  if (isFramed(schema) || props.uiSchema?.["ui:options"]?.bare === true) {
    return (
      <>
        {children}
        {rawErrors.length > 0 && <Errors errors={rawErrors} />}
      </>
    );
  }
  if (typeof key !== "string") {
    return (
      <div className="min-w-0 flex-1">
        {children}
        {rawErrors.length > 0 && <Errors errors={rawErrors} />}
      </div>
    );
  }
  return (
    <FieldRow
      errors={rawErrors}
      help={helpOf(key, schema, rawDescription)}
      id={id}
      isGroup={isList(schema)}
      isRequired={required ?? false}
      name={key}
    >
      {children}
    </FieldRow>
  );
}

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** The title where it says more than the key, then the description. */
function helpOf(key: string, schema: JsonSchema, description: string | undefined): string {
  const text = plainDescription(description ?? schema.description);
  const title = typeof schema.title === "string" ? plainDescription(schema.title) : "";
  const saysMore = title !== "" && folded(title) !== folded(key) && !text.startsWith(title);
  return saysMore ? `${title}. ${text}`.trim() : text;
}

/** The fields of an object; those that stand at their default fold. The root has no frame of its own. */
export function ConfigObjectTemplate(props: ObjectFieldTemplateProps) {
  const { fieldPathId, schema, formData, properties, errorSchema, uiSchema, required } = props;
  const byName = new Map(properties.map((property) => [property.name, property.content]));
  const fields = orderFields(schema, [...byName.keys()]);
  const isHeld = (name: string) => !isAtDefault(schema, name, formData) || hasErrors(errorSchema, name);
  // What was shown once stays: a field must not vanish while it is being emptied.
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const shownNow = fields.filter(
    ({ name, isRequired, isLeading }) => isRequired || isLeading || isHeld(name) || seen.has(name),
  );
  const unseen = shownNow.filter(({ name }) => !seen.has(name));
  if (unseen.length > 0) setSeen(new Set([...seen, ...unseen.map(({ name }) => name)]));
  const foldedFields = fields.filter((field) => !shownNow.includes(field));
  if (hasOptions(schema) && fields.length === 0) return null;
  const content = (
    <>
      {shownNow.map(({ name }) => (
        <div key={name}>{byName.get(name)}</div>
      ))}
      {foldedFields.length > 0 && (
        <details className="group/more">
          <summary className="py-1.5 text-12 text-ink-2 hover:text-ink">
            {foldedFields.length} {shownNow.length > 0 ? "more" : "fields"}, all at default
          </summary>
          {foldedFields.map(({ name }) => (
            <div key={name}>{byName.get(name)}</div>
          ))}
        </details>
      )}
    </>
  );
  const isFree = fields.length === 0 && properties.length === 0 && !hasOptions(schema);
  const isBare = fieldPathId.path.length === 0 || uiSchema?.["ui:options"]?.bare === true;
  if (isBare) return content;
  const key = String(fieldPathId.path.at(-1));
  return (
    <fieldset className="min-w-0 border-line border-b py-1.5">
      <legend className="float-left w-full font-mono text-12">
        {key}
        {required && <span className="ml-0.5 text-ink-3">*</span>}
      </legend>
      <div className="clear-left border-line-2 border-l pl-2.5">
        <Help text={plainDescription(schema.description)} />
        {isFree ? (
          <p className="py-1 text-12 text-ink-2">Free fields. Write them in the JSON view.</p>
        ) : (
          content
        )}
      </div>
    </fieldset>
  );
}

function hasErrors(errorSchema: unknown, name: string): boolean {
  if (!isRecord(errorSchema)) return false;
  const own = errorSchema[name];
  if (!isRecord(own)) return false;
  const errors = own.__errors;
  if (Array.isArray(errors) && errors.length > 0) return true;
  return Object.keys(own).some((key) => hasErrors(own, key));
}

export function ConfigListTemplate(props: ArrayFieldTemplateProps) {
  const { items, canAdd, onAddClick, fieldPathId, schema, disabled, readonly } = props;
  const key = String(fieldPathId.path.at(-1));
  const list = (
    <fieldset aria-label={key} className="flex min-w-0 flex-col gap-1" id={fieldPathId.$id}>
      {items}
      {canAdd && !disabled && !readonly && (
        <span>
          <Button
            aria-label={`Add to ${key}`}
            icon={<Plus aria-hidden="true" size={13} />}
            kind="quiet"
            onClick={onAddClick}
          >
            Add
          </Button>
        </span>
      )}
      {items.length === 0 && <span className="text-12 text-ink-3">{emptyList(schema)}</span>}
    </fieldset>
  );
  if (!isFramed(schema)) return list;
  return (
    <div className="border-line border-b py-1.5">
      <p className="font-mono text-12">{key}</p>
      <Help text={plainDescription(schema.description)} />
      {list}
    </div>
  );
}

function emptyList({ default: usual }: JsonSchema): string {
  return Array.isArray(usual) && usual.length > 0 ? `${usual.join(", ")}, the default` : "none";
}

export function ConfigListItemTemplate(props: ArrayFieldItemTemplateProps) {
  const { children, buttonsProps, index } = props;
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">{children}</div>
      {buttonsProps.hasRemove && !buttonsProps.disabled && !buttonsProps.readonly && (
        <Button
          aria-label={`Remove entry ${index + 1}`}
          icon={<X aria-hidden="true" size={13} />}
          kind="quiet"
          onClick={buttonsProps.onRemoveItem}
        />
      )}
    </div>
  );
}
