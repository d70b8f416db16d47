/** What a statement reads: tables by their three-part names, and databases by their catalogs' names. */
export type StatementReads = { tables: string[]; databases: string[] };

/**
 * Decides whether a statement in DuckDB's dialect may run: one SELECT, made only of what is offered, over what is named.
 *
 * Failures: `invalid_input` (`errors[0].pointer` is `/sql/<offset>` where a place is known), `engine_unavailable`.
 */
export interface StatementChecker {
  /** Which of `tables` and `databases` the statement reads. Tables of a database are not known: any may be named. */
  check(sql: string, readable: StatementReads): Promise<StatementReads>;
}
