import { isEqualJson } from "../../shared/is-equal-json";

export type LeafChange = { pointer: string; before: unknown; after: unknown };

/** Where two values differ: below objects by field, lists as a whole. `undefined`: not there. */
export function leafChanges(before: unknown, after: unknown, pointer = ""): LeafChange[] {
  if (isEqualJson(before, after)) return [];
  if (!isFields(before) || !isFields(after)) return [{ pointer, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
    return leafChanges(before[key], after[key], `${pointer}/${step}`);
  });
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
