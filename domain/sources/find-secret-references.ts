import { escapePointer } from "../shared/json-pointer";

/** A name of a secret in braces behind a dollar sign. A dollar sign before that makes it plain text: `$${NAME}`. */
export const REFERENCE = /(\$?)\$\{([^{}]*)\}/g;
export const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

export type FoundReference = { name: string; pointer: string };

/** Every `${NAME}` in the texts of `value`, however deep, with the JSON pointer of its text. Names are not checked. */
export function findSecretReferences(value: unknown, pointer = ""): FoundReference[] {
  if (typeof value === "string") {
    return [...value.matchAll(REFERENCE)].flatMap(([, doubled, name = ""]) =>
      doubled === "$" ? [] : [{ name, pointer }],
    );
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => findSecretReferences(each, `${pointer}/${index}`));
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, each]) =>
      findSecretReferences(each, `${pointer}/${escapePointer(key)}`),
    );
  }
  return [];
}
