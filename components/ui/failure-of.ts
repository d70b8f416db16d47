import type { InputError } from "@/domain/shared/failure";

/** What a person may be told of an error. `code` is one of the failure codes, `bug` or `network`. */
export type ShownFailure = {
  code: string;
  message: string;
  hint: string | null;
  errors?: InputError[];
};

const UNREACHABLE: ShownFailure = {
  code: "network",
  message: "The server does not answer.",
  hint: "It may be restarting. What is shown here may be out of date.",
};

const BUG: ShownFailure = {
  code: "bug",
  message: "Something went wrong inside Benchwright; the details are in the server's log.",
  hint: null,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Marks the Failures of domain/shared, which engines in the page throw; the class itself stays out of the first page. */
const BRAND = Symbol.for("benchwright.failure");

/**
 * Reads the failure that the server sent with an error of tRPC, or a Failure that was thrown in the page; everything else is
 * a dead network or a bug.
 */
export function failureOf(error: unknown): ShownFailure {
  if (!isRecord(error)) return BUG;
  const sent = BRAND in error ? error : isRecord(error.data) ? error.data.failure : undefined;
  if (isRecord(sent) && typeof sent.message === "string") {
    return {
      code: typeof sent.code === "string" ? sent.code : "bug",
      message: sent.message,
      hint: typeof sent.hint === "string" ? sent.hint : null,
      ...(Array.isArray(sent.errors) ? { errors: sent.errors as InputError[] } : {}),
    };
  }
  return error.name === "TRPCClientError" && !isRecord(error.data) ? UNREACHABLE : BUG;
}
