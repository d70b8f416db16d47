import type { PreparedSql } from "../../../domain/ports/sql-language";
import type { Dialect, EngineChoice } from "../../../domain/query/dialect";
import { fillParameters } from "../../../domain/query/fill-parameters";
import { type Origins, throughOrigins } from "../../../domain/query/origins";
import type { Placed } from "../../../domain/query/place";
import type { QueryParameters } from "../../../domain/query/query-parameter";
import { Failure } from "../../../domain/shared/failure";
import { pinText } from "../../lakehouse/index";
import type { Attachment } from "../attachments/attachment-scope";
import type { QueryScope } from "../query-scope";
import type { BrowserFacts, EngineOffer } from "../views";
import { chooseEngine } from "./choose-engine";
import { type StatementTable, statementTables } from "./known-tables";
import { allReachableTables, type ReachableTables, reachableTables } from "./reachable-tables";
import { whereWritten } from "./where-written";

export type AskedStatement = {
  sql: string;
  dialect: Dialect;
  engine: EngineChoice;
  parameters: QueryParameters;
  browser?: BrowserFacts | undefined;
};

export type UnderstoodStatement = {
  /** For the engine of the placement. */
  prepared: PreparedSql;
  /** From the prepared text to the text as written. */
  origins: Origins;
  placement: Placed;
  offers: EngineOffer[];
  reads: StatementTable[];
  /** The databases that it reads. */
  attachments: Attachment[];
  /** Every table that is known, for what it writes. */
  tables: StatementTable[];
};

/**
 * What a statement is and reads, where it is to run, and how that engine is asked. Every place that a failure names is one
 * of the text as written.
 *
 * Failures: those of fillParameters, pinStatement and SqlLanguage; `engine_unavailable` where no engine can have it.
 */
export async function understandStatement(
  scope: QueryScope,
  asked: AskedStatement,
  signal?: AbortSignal,
): Promise<UnderstoodStatement> {
  const filled = fillParameters(asked.sql, asked.parameters, asked.dialect);
  const pinned = await whereWritten(filled.origins, () =>
    pinText(scope, { sql: filled.sql, workspaceId: scope.workspace.id, now: scope.clock.now() }),
  );
  const origins = throughOrigins(pinned.origins, filled.origins);
  const attempt = async (reachable: ReachableTables): Promise<UnderstoodStatement> => {
    const tables = statementTables(pinned, reachable, asked.browser);
    const catalogs = reachable.attachments.map(({ catalog }) => catalog);
    const text = { sql: pinned.sql, dialect: asked.dialect, tables, catalogs };
    const chosen = await whereWritten(origins, () => chooseEngine(scope, text, asked, signal));
    const { reads } = chosen;
    const read = new Set(reads.map(({ table }) => catalogOf(table)));
    return {
      ...chosen,
      origins: throughOrigins(chosen.prepared.origins, origins),
      attachments: reachable.attachments.filter(({ catalog }) => read.has(catalog)),
      tables,
    };
  };
  const reachable = await reachableTables(scope, pinned.sql);
  try {
    return await attempt(reachable);
  } catch (error) {
    const mayBeElsewhere = !reachable.isWhole && reachable.attachments.length > 0;
    if (!(mayBeElsewhere && error instanceof Failure && error.code === "invalid_input")) throw error;
    return attempt(await allReachableTables(scope, pinned.sql));
  }
}

const catalogOf = (table: string): string => table.slice(0, table.indexOf("."));
