import { z } from "zod";

export const ParameterName = z
  .string()
  .regex(
    /^[\p{L}_][\p{L}\p{M}\p{N}_]{0,99}$/u,
    "Use letters, digits and underscores, a letter or underscore first",
  );

const SCALARS = ["text", "integer", "decimal", "date", "timestamp", "boolean"] as const;
export const ScalarType = z.enum(SCALARS);
export type ScalarType = z.infer<typeof ScalarType>;

const MOST_TEXT = 100_000;
const Scalar = z.union([z.string().max(MOST_TEXT), z.number(), z.boolean()]);

/**
 * A value for `{{name}}` in a statement. Integers beyond 2^53, decimals, dates (`2026-01-31`) and times
 * (`2026-01-31 10:00:00`, with a zone where one is meant) are written as text. Null is SQL's NULL.
 */
export const QueryParameter = z.object({
  name: ParameterName,
  type: z.enum([...SCALARS, "list"]).default("text"),
  /** What a list holds. */
  items: ScalarType.optional(),
  value: z.union([Scalar, z.null(), z.array(Scalar).max(10_000)]).default(null),
});
export type QueryParameter = z.infer<typeof QueryParameter>;

/** A list of parameters, or plain JSON values by their names, whose types are then told by the values. */
export const QueryParameters = z.union([
  z.array(QueryParameter).max(200),
  z.record(ParameterName, z.union([Scalar, z.null(), z.array(Scalar).max(10_000)])),
]);
export type QueryParameters = z.infer<typeof QueryParameters>;

const typeOf = (value: unknown): ScalarType => {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "decimal";
  return "text";
};

/** Parameters in either form as a list. */
export function listParameters(given: QueryParameters): QueryParameter[] {
  if (Array.isArray(given)) return given;
  return Object.entries(given).map(([name, value]) => {
    if (!Array.isArray(value)) return { name, type: typeOf(value), value };
    const types = new Set(value.map(typeOf));
    const [first = "text"] = types;
    const items = types.size <= 1 ? first : types.has("text") || types.has("boolean") ? "text" : "decimal";
    return { name, type: "list", items, value };
  });
}
