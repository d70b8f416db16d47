import type { PreparedSql } from "../../../domain/ports/sql-language";
import { parseTableName } from "../../../domain/ports/table-name";
import { replaceStretches, throughOrigins } from "../../../domain/query/origins";
import { quotedName } from "../../../domain/shared/quoted-name";
import { sqlTokens } from "../../../domain/shared/sql-tokens";
import { unquotedToken } from "../../../domain/shared/unquoted-token";
import type { StatementTable } from "./known-tables";

/** The catalog of tables that are read as of another time; see `pinText`. */
export const TRAVEL_CATALOG = "time_travel";

/**
 * A statement for Trino in which tables as of another time stand under their own names again: the snapshot behind each says
 * which state it is.
 */
export function readMoments(
  prepared: PreparedSql,
  tables: StatementTable[],
  physical: Record<string, string>,
): PreparedSql {
  const aliases = new Map(tables.filter(({ table, as }) => table !== as).map((each) => [each.raw, each]));
  if (aliases.size === 0) return prepared;
  const tokens = sqlTokens(prepared.sql);
  const stretches = tokens.flatMap((first, index) => {
    const [dot, second, dot2, last] = tokens.slice(index + 1, index + 5);
    if (dot?.text !== "." || dot2?.text !== "." || second === undefined || last === undefined) return [];
    const alias = aliases.get([first, second, last].map(unquotedToken).join("."));
    if (alias === undefined) return [];
    const { catalog, schema, table } = parseTableName(alias.table);
    const by = [physical[catalog] ?? catalog, schema, table].map(quotedName).join(".");
    return [{ start: first.start, end: last.end, by }];
  });
  const { text, origins } = replaceStretches(prepared.sql, stretches);
  return { ...prepared, sql: text, origins: throughOrigins(origins, prepared.origins) };
}
