import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { ResultReader } from "../../domain/ports/result-reader";
import type { SqlLanguage } from "../../domain/ports/sql-language";
import type { StatementEngine } from "../../domain/ports/statement-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { Rows, WorkspaceScope } from "../workspaces/index";
import type { AttachmentScope } from "./attachments/attachment-scope";
import type { QueryLimits } from "./query-limits";
import type { QueryStore } from "./query-store";
import type { RunningQueries } from "./running/running-queries";

/** The engines on which the server runs statements; null where one is not offered. */
export type StatementEngines = { duckdb: StatementEngine | null; trino: StatementEngine | null };

export type QueryScope = WorkspaceScope<{
  db: Rows;
  store: QueryStore;
  running: RunningQueries;
  queryLimits: QueryLimits;
  tableCatalog: TableCatalog;
  lakeAdmin: LakeAdmin;
  statementEngines: StatementEngines;
  /** Null where Python is not there. */
  sqlLanguage: SqlLanguage | null;
  resultReader: ResultReader | null;
  resultsDir: string;
}> &
  AttachmentScope;
