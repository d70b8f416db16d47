import { FAILURE_CODES, Failure } from "../../../domain/shared/failure";

type WorkerFailure = {
  code: string;
  message: string;
  hint?: string;
  /** In the statement as given, in UTF-16 units. */
  offset?: number;
  retryable?: boolean;
};

/** A line of a worker: an event of a request, or its end. */
export type WorkerMessage = {
  id?: number;
  event?: string;
  result?: unknown;
  failure?: WorkerFailure;
  [field: string]: unknown;
};

/** What a worker says may be shown. */
export function toFailure({ code, message, hint, offset, retryable }: WorkerFailure): Failure {
  const known = FAILURE_CODES.find((it) => it === code) ?? "engine_failed";
  return new Failure(known, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(offset === undefined ? {} : { errors: [{ pointer: `/sql/${offset}`, message }] }),
  });
}
