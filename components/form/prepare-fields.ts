import { isRecord } from "@/domain/shared/is-record";
import type { JsonSchema } from "./check-schema";

/** The one value that a field may have; a list of one is a constant too, as older connectors write it. */
const constantOf = (field: unknown): [unknown] | [] => {
  if (!isRecord(field)) return [];
  if ("const" in field) return [field.const];
  return Array.isArray(field.enum) && field.enum.length === 1 ? [field.enum[0]] : [];
};

/** A field of an object, as its schema describes it. */
export type FieldFacts = {
  name: string;
  isRequired: boolean;
  order: number;
  isHidden: boolean;
  /** It does not fold, although the schema would do without it: how one signs in, and what stands before that. */
  isLeading: boolean;
};

const SIGN_IN = /^(credentials?|auth(entication|orization)?)$/;

/**
 * The fields of an object's schema in the order in which they are shown: needed ones first, then by the connector's own
 * `order`, then as they are written. Constants are hidden: they say which choice is meant, and the choice is shown.
 */
export function orderFields(schema: JsonSchema, names: readonly string[]): FieldFacts[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const fields = names.map((name, index) => {
    const field = isRecord(properties[name]) ? properties[name] : {};
    return {
      name,
      isRequired: required.includes(name),
      order: typeof field.order === "number" ? field.order : 1000 + index,
      isHidden: constantOf(field).length > 0 || field.airbyte_hidden === true,
      isSignIn: field.airbyte_secret === true || SIGN_IN.test(name),
      hasDefault: "default" in field,
    };
  });
  const lastSignIn = Math.max(-1, ...fields.filter(({ isSignIn }) => isSignIn).map(({ order }) => order));
  return fields
    .filter(({ isHidden }) => !isHidden)
    .map(({ isSignIn, hasDefault, ...field }) => ({
      ...field,
      isLeading: isSignIn || (!hasDefault && field.order < Math.min(lastSignIn, 1000)),
    }))
    .sort((a, b) => Number(b.isRequired) - Number(a.isRequired) || a.order - b.order);
}

/** Whether a field stands at its default: it is not in the document, or it is what it would be without it. */
export function isAtDefault(schema: JsonSchema, name: string, value: unknown): boolean {
  const given = isRecord(value) ? value[name] : undefined;
  if (given === undefined) return true;
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const field = properties[name];
  return isRecord(field) && "default" in field && JSON.stringify(field.default) === JSON.stringify(given);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

/** A connector's description without its markup: `<a href="…">docs</a>` becomes `docs`. */
export function plainDescription(text: unknown): string {
  if (typeof text !== "string") return "";
  return text
    .replaceAll(/<br\s*\/?>/gi, " ")
    .replaceAll(/<\/?[a-z][^>]*>/gi, "")
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, "$1")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** What an empty control says: the default, else an example; nothing where the schema has neither. */
export function placeholderOf(schema: JsonSchema): string {
  if (schema.default !== undefined && schema.default !== "" && !isRecord(schema.default))
    return `${String(schema.default)}, the default`;
  const [example] = Array.isArray(schema.examples) ? schema.examples : [schema.examples];
  return typeof example === "string" || typeof example === "number" ? `such as ${example}` : "";
}

/** A choice of a `oneOf` or `anyOf`: its title and the constants by which it is known. */
export type OptionFacts = { title: string; constants: Record<string, unknown> };

export function optionFacts(option: unknown, index: number): OptionFacts {
  const schema = isRecord(option) ? option : {};
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const constants = Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) =>
      constantOf(field).map((constant) => [name, constant] as const),
    ),
  );
  const [first] = Object.values(constants);
  const title = typeof schema.title === "string" ? schema.title : String(first ?? `Choice ${index + 1}`);
  return { title, constants };
}

/** Which choice `value` means: the one whose constants it has; -1 where it has none of them. */
export function chosenOption(options: readonly unknown[], value: unknown): number {
  const given = isRecord(value) ? value : {};
  return options.map(optionFacts).findIndex(({ constants }) => {
    const entries = Object.entries(constants);
    return entries.length > 0 && entries.every(([name, constant]) => given[name] === constant);
  });
}

/**
 * What a field holds before anybody has touched it: constants and the defaults of what is needed, so that the document
 * stays as short as a person would write it. `undefined` where there is nothing to say.
 */
export function initialValue(schema: unknown): unknown {
  if (!isRecord(schema)) return undefined;
  const [constant] = constantOf(schema);
  if (constant !== undefined) return constant;
  if (schema.default !== undefined) return schema.default;
  const options = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(options) && options.some((option) => isRecord(option) && isRecord(option.properties)))
    return initialValue(options[0]);
  if (!isRecord(schema.properties)) return undefined;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const filled = Object.entries(schema.properties).flatMap(([name, field]) => {
    const isWanted = required.includes(name) || constantOf(field).length > 0;
    const value = isWanted ? initialValue(field) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return filled.length === 0 && schema.type !== "object" ? undefined : Object.fromEntries(filled);
}
