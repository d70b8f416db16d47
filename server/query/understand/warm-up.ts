import type { SqlLanguage } from "../../../domain/ports/sql-language";

const warmed = new WeakSet<SqlLanguage>();

/** Has the language begin before its first statement comes: its program takes a while to start. */
export function warmUp(language: SqlLanguage | null): void {
  if (language === null || warmed.has(language)) return;
  warmed.add(language);
  language
    .prepare({ sql: "SELECT 1", dialect: "trino", engine: "duckdb", tables: [] })
    .catch(() => warmed.delete(language));
}
