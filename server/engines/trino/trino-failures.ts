import { Failure } from "../../../domain/shared/failure";
import type { TrinoError } from "./page";

/** What the people who wrote a statement are told instead of what is between it and Trino. */
export type StatementText = {
  /** As it was given. */
  sql: string;
  /** Lines that were put before it. */
  linesBefore: number;
  /** Physical names to those that people write, and everything that must not be shown to asterisks. */
  translate(text: string): string;
};

const GONE = new Set([
  "NO_NODES_AVAILABLE",
  "SERVER_SHUTTING_DOWN",
  "SERVER_STARTING_UP",
  "REMOTE_HOST_GONE",
  "REMOTE_TASK_ERROR",
  "REMOTE_TASK_MISMATCH",
  "PAGE_TRANSPORT_ERROR",
  "PAGE_TRANSPORT_TIMEOUT",
  "TOO_MANY_REQUESTS_FAILED",
  "ABANDONED_QUERY",
  "ABANDONED_TASK",
]);
const STOPPED = new Set(["USER_CANCELED", "ADMINISTRATIVELY_KILLED", "ADMINISTRATIVELY_PREEMPTED"]);

/** Trino's own error as a failure, with its place in the statement where it names one. */
export function toFailure(error: TrinoError, statement: StatementText): Failure {
  const { errorName, errorType } = error;
  const message = sentence(statement.translate(error.message));
  const cause = `${errorName} (${errorType})`;
  if (GONE.has(errorName)) return unavailable("Trino lost the statement.", cause);
  if (STOPPED.has(errorName))
    return new Failure("engine_failed", "The statement was stopped in Trino.", { cause });
  if (errorName === "EXCEEDED_TIME_LIMIT")
    return new Failure("timed_out", "The statement took longer than it may.", { cause });
  if (errorType === "USER_ERROR") {
    const offset = offsetOf(error.errorLocation, statement);
    return new Failure("invalid_input", message, {
      cause,
      errors: [{ pointer: offset === null ? "/sql" : `/sql/${offset}`, message }],
    });
  }
  if (errorType === "INSUFFICIENT_RESOURCES") {
    const isQueue = errorName === "QUERY_QUEUE_FULL" || errorName === "QUERY_REJECTED";
    return new Failure("resource_exhausted", message, {
      cause,
      retryable: isQueue,
      ...(isQueue ? {} : { hint: "Read fewer columns or rows, or aggregate earlier." }),
    });
  }
  return new Failure("engine_failed", message, { cause, retryable: errorType === "EXTERNAL" });
}

export function unavailable(message: string, cause: unknown): Failure {
  return new Failure("engine_unavailable", message, {
    hint: "It may be starting again: see the status page.",
    retryable: true,
    cause,
  });
}

const sentence = (message: string): string => {
  const plain = message.replace(/^line \d+:\d+: /, "").trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
};

/** Trino counts lines from 1 and columns in code points from 1. Null for a place outside of the statement. */
function offsetOf(location: TrinoError["errorLocation"], { sql, linesBefore }: StatementText): number | null {
  if (location === undefined) return null;
  const lines = sql.split("\n");
  const line = location.lineNumber - linesBefore - 1;
  const text = lines[line];
  if (text === undefined) return null;
  const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  const within = [...text].slice(0, Math.max(0, location.columnNumber - 1)).join("").length;
  return before + within;
}
