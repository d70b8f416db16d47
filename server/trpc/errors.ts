import { type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import { z } from "zod";
import { Failure, type FailureCode, type InputError } from "../../domain/shared/failure";
import { databaseFailure } from "../db/database-failure";

/** What a client is told of a failure. `bug` stands for everything that is not a Failure. */
export type ShownFailure = {
  code: FailureCode | "bug";
  message: string;
  hint: string | null;
  errors: InputError[];
};

const TRPC_CODES = {
  invalid_input: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  rate_limited: "TOO_MANY_REQUESTS",
  engine_unavailable: "SERVICE_UNAVAILABLE",
  engine_failed: "BAD_GATEWAY",
  resource_exhausted: "PAYLOAD_TOO_LARGE",
  cancelled: "CLIENT_CLOSED_REQUEST",
  timed_out: "GATEWAY_TIMEOUT",
} as const satisfies Record<FailureCode, TRPC_ERROR_CODE_KEY>;

const BUG: ShownFailure = {
  code: "bug",
  message: "Something went wrong inside Benchwright; the details are in the server's log.",
  hint: null,
  errors: [],
};

/** Escapes one step of a JSON pointer (RFC 6901). */
const pointerStep = (step: PropertyKey): string =>
  `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Every complaint of zod with its place; an unknown field is named once for each name. */
export function inputErrorsOf(error: z.ZodError): InputError[] {
  return error.issues.flatMap((issue): InputError[] => {
    const pointer = issue.path.map(pointerStep).join("");
    if (issue.code !== "unrecognized_keys") return [{ pointer, message: issue.message }];
    return issue.keys.map((key) => ({
      pointer: pointer + pointerStep(key),
      message: `Unknown field "${key}".`,
    }));
  });
}

/** The Failure that an error of tRPC stands for, or null where it is a bug. */
function failureOf(error: TRPCError): Failure | null {
  if (error.cause instanceof Failure) return error.cause;
  if (error.cause instanceof z.ZodError && error.code === "BAD_REQUEST") {
    const errors = inputErrorsOf(error.cause);
    const first = errors[0];
    const place = first === undefined || first.pointer === "" ? "" : `${first.pointer}: `;
    return new Failure("invalid_input", `The input is not valid. ${place}${first?.message ?? ""}`.trim(), {
      errors,
      cause: error.cause,
    });
  }
  if (error.code === "NOT_FOUND") return new Failure("not_found", "There is no such procedure.");
  if (
    error.code === "PARSE_ERROR" ||
    error.code === "BAD_REQUEST" ||
    error.code === "UNSUPPORTED_MEDIA_TYPE"
  ) {
    return new Failure("invalid_input", "The request could not be read.", { cause: error });
  }
  return databaseFailure(error.cause);
}

/** What may be shown of any error. */
export function shownFailure(error: TRPCError): ShownFailure {
  const failure = failureOf(error);
  if (failure === null) return BUG;
  const { code, message, errors } = failure;
  return { code, message, hint: failure.hint ?? null, errors };
}

/** The same error under the code of its transport. Only what tRPC itself wrapped is translated; a bug is logged. */
export function translateError(error: TRPCError, path: string): TRPCError {
  const failure = failureOf(error);
  if (failure === null) {
    console.error(`${path}:`, error.cause ?? error);
    return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: BUG.message, cause: error.cause });
  }
  if (failure.cause !== undefined && failure.code.startsWith("engine_")) {
    console.error(`${path}: ${failure.message}`, failure.cause);
  }
  return new TRPCError({ code: TRPC_CODES[failure.code], message: failure.message, cause: failure });
}
