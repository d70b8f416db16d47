import type { FailureCode, InputError } from "../shared/failure";
import { placeAt } from "./origins";
import type { QueryError } from "./query-run";

/** What failed, as a procedure tells it or a Failure holds it. */
export type ToldFailure = {
  code: FailureCode;
  message: string;
  hint?: string | null | undefined;
  errors: InputError[];
};

/** A failure as the run of a statement shows it: a complaint at `/sql/<offset>` gets its place in the statement. */
export function queryErrorOf({ code, message, hint, errors }: ToldFailure, sql: string): QueryError {
  const offset = errors.map(({ pointer }) => /^\/sql\/(\d+)$/.exec(pointer)?.[1]).find((each) => each);
  return {
    code,
    message,
    hint: hint ?? null,
    place: offset === undefined ? null : placeAt(sql, Number(offset)),
  };
}
