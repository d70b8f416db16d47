import type { z } from "zod";

type Definition = {
  type: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  items?: z.ZodType[];
  options?: z.ZodType[];
};

const definitionOf = (schema: z.ZodType): Definition => schema._zod.def as unknown as Definition;

/** Names of the fields that a schema knows at a path of a value; empty where it knows none by name. */
export function knownFields(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const { shape, innerType, options } = definitionOf(schema);
  if (innerType !== undefined) return knownFields(innerType, path);
  if (options !== undefined) return options.flatMap((option) => knownFields(option, path));
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(shape ?? {});
  const below = stepInto(definitionOf(schema), step);
  return below === undefined ? [] : knownFields(below, rest);
}

function stepInto(
  { shape, element, valueType, items }: Definition,
  step: PropertyKey,
): z.ZodType | undefined {
  if (shape !== undefined) return shape[String(step)];
  return element ?? valueType ?? items?.[Number(step)];
}
