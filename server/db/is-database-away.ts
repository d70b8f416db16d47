import { Failure } from "../../domain/shared/failure";

/** Prisma: unreachable, timed out, closed, no connection in time. Node: the socket says so. */
const CLIENT_CODES = /^(P1001|P1002|P1008|P1017|P2024|ECONNREFUSED|ECONNRESET|EPIPE)$/;
/** PostgreSQL: shut down by its operator, crashed, starting up, and every exception of the connection. */
const SERVER_CODES = /^(57P0[123]|08\w{3})$/;
const DRIVER_KINDS = ["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"];
/** Drivers that hand on the words alone. */
const WORDS =
  /connection terminated|server closed the connection|terminating connection|database system is (starting up|shutting down|in recovery|not yet accepting connections|not accepting connections)|code: `(57P0[123]|08\w{3})`|can't reach database|timeout exceeded when trying to connect|connection ended/i;
/** An error, the cause of it, the driver's error in that, and what the driver heard. */
const DEEPEST = 4;

type Traces = {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
};

const matches = (pattern: RegExp, value: unknown): boolean =>
  typeof value === "string" && pattern.test(value);

/**
 * Whether the database, not the request, was at fault: the same call may succeed once it is back. False for a Failure,
 * which says itself what it is.
 */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof Error && saysAway(error, 0);
}

function saysAway(given: unknown, depth: number): boolean {
  if (typeof given !== "object" || given === null || given instanceof Failure || depth > DEEPEST)
    return false;
  const { code, originalCode, kind, message, cause, meta } = given as Traces;
  return (
    [code, originalCode].some((one) => matches(CLIENT_CODES, one) || matches(SERVER_CODES, one)) ||
    (typeof kind === "string" && DRIVER_KINDS.includes(kind)) ||
    matches(WORDS, message) ||
    saysAway(cause, depth + 1) ||
    saysAway(meta?.driverAdapterError, depth + 1)
  );
}
