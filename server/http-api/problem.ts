import { TRPCError } from "@trpc/server";
import { Failure, type FailureCode } from "../../domain/shared/failure";
import { type ShownFailure, shownFailure, translateError } from "../trpc/errors";

const PROBLEMS = {
  invalid_input: [400, "The input is not valid"],
  unauthenticated: [401, "Not signed in"],
  forbidden: [403, "Not allowed"],
  not_found: [404, "Not found"],
  conflict: [409, "In conflict with what is there"],
  rate_limited: [429, "Too many requests"],
  engine_unavailable: [503, "An engine does not answer"],
  engine_failed: [502, "An engine failed"],
  resource_exhausted: [507, "Out of memory or space"],
  cancelled: [409, "Cancelled"],
  timed_out: [504, "Timed out"],
  bug: [500, "An error inside Benchwright"],
} as const satisfies Record<FailureCode | "bug", readonly [number, string]>;

export type Problem = {
  type: "about:blank";
  status: number;
  code: FailureCode | "bug";
  title: string;
  detail: string;
  hint?: string;
  errors?: { pointer: string; message: string }[];
};

function problemOf({ code, message, hint, errors }: ShownFailure): Problem {
  const [status, title] = PROBLEMS[code];
  return {
    type: "about:blank",
    status,
    code,
    title,
    detail: message,
    ...(hint === null ? {} : { hint }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** Any error as a problem (RFC 9457); a bug is logged and shown as one sentence. */
export function toProblem(error: unknown, path: string): Problem {
  if (error instanceof TRPCError) {
    // Procedures have translated and logged theirs already.
    return problemOf(shownFailure(error));
  }
  const wrapped = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
  return problemOf(shownFailure(error instanceof Failure ? wrapped : translateError(wrapped, path)));
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...(problem.code === "unauthenticated" ? { "WWW-Authenticate": "Bearer" } : {}),
      ...headers,
    },
  });
}
