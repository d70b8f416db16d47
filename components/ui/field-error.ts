import type { ShownFailure } from "./failure-of";

/** What a failure says of one field of a form, or null. */
export function fieldError(failure: ShownFailure | null, field: string): string | null {
  return failure?.errors?.find(({ pointer }) => pointer === `/${field}`)?.message ?? null;
}
