import { Failure } from "../../../domain/shared/failure";
import { sqlTokens } from "../../../domain/shared/sql-tokens";
import { type AttachedTables, attachedTables } from "../attachments/attached-tables";
import { attachmentsOf } from "../attachments/attachments-of";
import type { QueryScope } from "../query-scope";

export type ReachableTables = AttachedTables & {
  /** False where the databases were not asked, for the statement names none of them. */
  isWhole: boolean;
};

/**
 * The tables of connected databases that a statement may mean. Databases are asked only where it names one: one that does
 * not answer keeps no other statement waiting.
 *
 * Failures: `engine_unavailable` where the statement names a database that cannot be read.
 */
export async function reachableTables(scope: QueryScope, sql: string): Promise<ReachableTables> {
  const { attachments, problems } = await attachmentsOf(scope);
  const isNamed = namesIn(sql);
  const isWhole = [...attachments, ...problems].some(({ catalog }) => isNamed(catalog));
  if (!isWhole) return { attachments, tables: [], problems, isWhole };
  return allReachableTables(scope, sql);
}

/** The same, where every database is asked. */
export async function allReachableTables(scope: QueryScope, sql: string): Promise<ReachableTables> {
  const found = await attachedTables(scope);
  const isNamed = namesIn(sql);
  const wrong = found.problems.find(({ catalog }) => isNamed(catalog));
  if (
    wrong !== undefined &&
    !found.attachments.some((each) => each.catalog === wrong.catalog && isRead(found, wrong.catalog))
  )
    throw new Failure("engine_unavailable", `${wrong.catalog} cannot be read now. ${wrong.message}`, {
      retryable: true,
      hint: `Look at the connection ${wrong.source}.`,
    });
  return { ...found, isWhole: true };
}

const isRead = ({ tables }: AttachedTables, catalog: string): boolean =>
  tables.some((table) => table.catalog === catalog);

/** Whether a name is the first part of a name in the statement. */
function namesIn(sql: string): (name: string) => boolean {
  const words = new Set<string>();
  const tokens = sqlTokens(sql);
  for (const [index, { kind, text }] of tokens.entries()) {
    if (tokens[index + 1]?.text !== ".") continue;
    if (kind === "word") words.add(text.toLowerCase());
    else if (kind === "quoted") words.add(text.slice(1, -1).toLowerCase());
  }
  return (name) => words.has(name);
}
