/** One step of a JSON pointer (RFC 6901). */
export const escapePointer = (step: string): string =>
  /[~/]/.test(step) ? step.replaceAll("~", "~0").replaceAll("/", "~1") : step;

/** A path as a JSON pointer; "" for the whole. */
export const toPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${escapePointer(String(step))}`).join("");

/** The steps of a JSON pointer; none for the whole. */
export const pointerSteps = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}
