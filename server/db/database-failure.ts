import { Failure } from "../../domain/shared/failure";
import { isDatabaseAway } from "./is-database-away";

/** The failure of a database that does not answer, which the same call may outlive; null for any other error. */
export function databaseFailure(error: unknown): Failure | null {
  if (!isDatabaseAway(error)) return null;
  return new Failure("engine_unavailable", "The database does not answer.", {
    hint: "It is restarted by itself; try again in some seconds.",
    retryable: true,
    cause: error,
  });
}
