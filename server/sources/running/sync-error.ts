import { Failure } from "../../../domain/shared/failure";
import { maskSecrets } from "../../../domain/sources/mask-secrets";
import type { SyncError } from "../../../domain/sources/sync-view";

/** Any thrown thing as it may be shown, without `hidden` texts. What is no Failure is a bug and keeps its details to itself. */
export function toSyncError(thrown: unknown, hidden: readonly string[]): SyncError {
  if (!(thrown instanceof Failure)) return FAULT;
  const detail = thrown.errors.map((each) => `${each.pointer} ${each.message}`).join("\n");
  return {
    code: thrown.code,
    message: maskSecrets(thrown.message, hidden),
    hint: thrown.hint === undefined ? null : maskSecrets(thrown.hint, hidden),
    detail: detail === "" ? null : maskSecrets(detail, hidden),
    retryable: thrown.retryable,
  };
}

export const FAULT: SyncError = {
  code: "internal",
  message: "A fault inside Benchwright stopped this.",
  hint: "The worker's log says more. Try again.",
  detail: null,
  retryable: false,
};
