import type { PreparedSql } from "../../../domain/ports/sql-language";
import type { Dialect, EngineName } from "../../../domain/query/dialect";
import { physicalCatalog } from "../../../domain/query/physical-catalog";
import { Failure } from "../../../domain/shared/failure";
import type { QueryScope } from "../query-scope";
import { type StatementTable, toldTables } from "./known-tables";
import { readMoments, TRAVEL_CATALOG } from "./read-moments";

export type TextAsked = {
  sql: string;
  dialect: Dialect;
  tables: StatementTable[];
  /** Catalogs of connected databases. */
  catalogs: string[];
};

const LAKE_CATALOGS = ["lake", "analytics"];

/** The statement for an engine. Failures: those of SqlLanguage, and `engine_unavailable` where there is no Python. */
export async function prepareText(
  { sqlLanguage, workspace }: QueryScope,
  { sql, dialect, tables, catalogs }: TextAsked,
  engine: EngineName,
  signal: AbortSignal | undefined,
): Promise<PreparedSql> {
  if (sqlLanguage === null) return asItIs(sql, dialect, engine);
  const input = { sql, dialect, engine, tables: toldTables(sql, tables) };
  if (engine !== "trino") return sqlLanguage.prepare(input, signal);
  const physical = Object.fromEntries(
    [...LAKE_CATALOGS, ...catalogs].map((catalog) => [catalog, physicalCatalog(catalog, workspace.id)]),
  );
  const prepared = await sqlLanguage.prepare(
    {
      ...input,
      catalogs: { ...physical, [TRAVEL_CATALOG]: TRAVEL_CATALOG },
      snapshots: Object.fromEntries(tables.map(({ raw, snapshotId }) => [raw, snapshotId])),
    },
    signal,
  );
  return readMoments(prepared, tables, physical);
}

/** Without Python a statement can still be run in the page as it is written. */
function asItIs(sql: string, dialect: Dialect, engine: EngineName): PreparedSql {
  if (engine === "browser" && dialect === "duckdb")
    return { kind: "select", sql, reads: [], write: null, isOrdered: true, origins: [[0, 0, sql.length]] };
  throw new Failure("engine_unavailable", "Statements cannot be translated: Python was not found.", {
    hint: "Install Python 3.11 to 3.13 and start again, or write DuckDB's dialect and run it in the browser.",
  });
}
