import type { DuckdbProblem } from "./duckdb-messages";

/** A problem found before DuckDB saw the statement. */
export class StatementRefused extends Error {
  constructor(readonly problem: DuckdbProblem) {
    super(problem.message);
  }
}
