import { Failure } from "../../domain/shared/failure";

/** Prisma's codes for a database that is away: unreachable, timed out, closed, no connection in time. */
const PRISMA_CODES = ["P1001", "P1002", "P1008", "P1017", "P2024", "ECONNREFUSED", "ECONNRESET"];
/** PostgreSQL's: shut down by its operator, crashed, starting up. */
const POSTGRES_CODES = ["57P01", "57P02", "57P03"];
const DRIVER_KINDS = ["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"];

type DriverCause = { kind?: unknown; originalCode?: unknown };
type DatabaseError = {
  code?: unknown;
  cause?: DriverCause | null;
  meta?: { driverAdapterError?: { cause?: DriverCause } };
};

const has = (list: string[], value: unknown): boolean => typeof value === "string" && list.includes(value);

/** The failure of a database that does not answer, which the same call may outlive; null for any other error. */
export function databaseFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const { code, cause, meta } = error as DatabaseError;
  const driver = meta?.driverAdapterError?.cause ?? cause ?? {};
  const isAway =
    has(PRISMA_CODES, code) || has(POSTGRES_CODES, driver.originalCode) || has(DRIVER_KINDS, driver.kind);
  if (!isAway) return null;
  return new Failure("engine_unavailable", "The database does not answer.", {
    hint: "It is restarted by itself; try again in some seconds.",
    retryable: true,
    cause: error,
  });
}
