import type { PreparedSql, PrepareInput, SqlLanguage } from "../../../domain/ports/sql-language";
import type { Dialect, EngineName } from "../../../domain/query/dialect";
import { physicalCatalog } from "../../../domain/query/physical-catalog";
import { Failure } from "../../../domain/shared/failure";
import type { QueryScope } from "../query-scope";
import type { StatementTable } from "./known-tables";
import { readMoments, TRAVEL_CATALOG } from "./read-moments";
import { namedTables, suggestedTables } from "./told-tables";

export type TextAsked = {
  sql: string;
  dialect: Dialect;
  tables: StatementTable[];
  /** Catalogs of connected databases. */
  catalogs: string[];
};

const LAKE_CATALOGS = ["lake", "analytics"];

/** With more tables than these, other names than the statement's are told only where it is not understood. */
const MANY = 1_000;

/** The statement for an engine. Failures: those of SqlLanguage, and `engine_unavailable` where there is no Python. */
export async function prepareText(
  { sqlLanguage, workspace }: QueryScope,
  { sql, dialect, tables, catalogs }: TextAsked,
  engine: EngineName,
  signal: AbortSignal | undefined,
): Promise<PreparedSql> {
  if (sqlLanguage === null) return asItIs(sql, dialect, engine);
  const input = { sql, dialect, engine };
  const named = namedTables(sql, tables);
  const told = named.map(({ raw, columns }) => ({ name: raw, columns }));
  if (engine !== "trino") return prepared(sqlLanguage, { ...input, tables: told }, tables, signal);
  const physical = Object.fromEntries(
    [...LAKE_CATALOGS, ...catalogs].map((catalog) => [catalog, physicalCatalog(catalog, workspace.id)]),
  );
  const text = await prepared(
    sqlLanguage,
    {
      ...input,
      tables: told,
      catalogs: { ...physical, [TRAVEL_CATALOG]: TRAVEL_CATALOG },
      snapshots: Object.fromEntries(named.map(({ raw, snapshotId }) => [raw, snapshotId])),
    },
    tables,
    signal,
  );
  return readMoments(text, named, physical);
}

/** Names for its suggestions are told at once where they are few, else only once there is something to suggest. */
async function prepared(
  language: SqlLanguage,
  input: PrepareInput,
  tables: StatementTable[],
  signal: AbortSignal | undefined,
): Promise<PreparedSql> {
  const suggesting = () => ({ ...input, tables: [...input.tables, ...suggestedTables(input.sql, tables)] });
  if (tables.length <= MANY) return language.prepare(suggesting(), signal);
  try {
    return await language.prepare(input, signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "invalid_input") throw error;
    return language.prepare(suggesting(), signal);
  }
}

/** Without Python a statement can still be run in the page as it is written. */
function asItIs(sql: string, dialect: Dialect, engine: EngineName): PreparedSql {
  if (engine === "browser" && dialect === "duckdb")
    return { kind: "select", sql, reads: [], write: null, isOrdered: true, origins: [[0, 0, sql.length]] };
  throw new Failure("engine_unavailable", "Statements cannot be translated: Python was not found.", {
    hint: "Install Python 3.11 to 3.13 and start again, or write DuckDB's dialect and run it in the browser.",
  });
}
