export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a list; nothing where it is no list. */
export const objectsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A number, given as one or as its digits. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** A value in a few words: a text as it is, anything else as JSON. Code that the reader left as text, as that text. */
export function showValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (isObject(value) && typeof value.$code === "string") return value.$code;
  return JSON.stringify(value) ?? "";
}
