import { isEqualJson } from "@/domain/shared/is-equal-json";
import { isRecord } from "@/domain/shared/is-record";
import { toPointer } from "@/domain/shared/json-pointer";

/**
 * What a form changed, as the fewest values to set: pointers below the value. `undefined` removes. Lists are set as a
 * whole. A field that only became an empty object is no change.
 */
export function changedFields(
  before: unknown,
  after: unknown,
  pointer = "",
): { pointer: string; value: unknown }[] {
  if (isEqualJson(before ?? null, after ?? null)) return [];
  if (before === undefined && isRecord(after) && Object.values(after).every((one) => one === undefined))
    return [];
  if (!isRecord(before) || !isRecord(after)) return [{ pointer, value: after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    changedFields(before[key], after[key], pointer + toPointer([key])),
  );
}
