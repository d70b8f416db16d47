import { isRecord } from "@/domain/shared/is-record";
import type { JsonSchema } from "./check-schema";

/** Whether a schema says nothing that controls could be made of: any JSON, or an object with keys of one's own. */
function isFree(schema: JsonSchema): boolean {
  if ("$ref" in schema) return true;
  const options = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(options))
    return options.some((one) => isRecord(one) && (one.type === "array" || isFree(one)));
  if (schema.type === "object") return schema.properties === undefined;
  return schema.type === undefined && schema.enum === undefined && schema.const === undefined;
}

/** What is shown of a free value: its words. */
const wordsOf = ({ title, description, examples }: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries({ title, description, examples }).filter(([, value]) => value !== undefined),
  );

/**
 * A schema in which free values are told apart, and which control each of them gets: they are written as JSON, the others
 * have a control of their own.
 */
export function freeFields(schema: JsonSchema): { schema: JsonSchema; controls: Record<string, unknown> } {
  if (!isRecord(schema.properties)) return { schema, controls: {} };
  const properties: Record<string, unknown> = {};
  const controls: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.properties)) {
    if (!isRecord(field)) continue;
    if (isFree(field)) {
      properties[name] = { title: name, ...wordsOf(field) };
      controls[name] = { "ui:field": "JsonField" };
      continue;
    }
    const inner = freeFields(field);
    properties[name] = inner.schema;
    if (Object.keys(inner.controls).length > 0) controls[name] = inner.controls;
  }
  return { schema: { ...schema, properties }, controls };
}
