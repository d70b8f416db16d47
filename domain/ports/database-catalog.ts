import type { AttachedDatabase } from "./statement-engine";

/** A table or view of a database that statements read in place. Types as Trino spells them. */
export type DatabaseTable = {
  schema: string;
  name: string;
  columns: { name: string; type: string; isNullable: boolean }[];
  /** Empty where there is none. */
  primaryKey: string[];
  foreignKeys: { columns: string[]; schema: string; table: string; references: string[] }[];
  /** As the database estimates them; null where it does not say. */
  rows: number | null;
  bytes: number | null;
};

export type DescribedDatabase = {
  tables: DatabaseTable[];
  /** How the database is entered for reading: `AttachedDatabase.options`. */
  options: string;
};

/**
 * Tells what a database holds.
 *
 * Failures: `engine_unavailable` (it does not answer, or not in time; retryable), `forbidden` (it refuses the user or the
 * password, or the user may do more than read and cannot be held back), `engine_failed`. None holds a password.
 */
export interface DatabaseCatalog {
  describe(
    database: AttachedDatabase,
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<DescribedDatabase>;
}
