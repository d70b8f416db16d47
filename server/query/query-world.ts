import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { ResultReader } from "../../domain/ports/result-reader";
import type { SqlLanguage } from "../../domain/ports/sql-language";
import type { StatementEngine } from "../../domain/ports/statement-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import { isFinal } from "../../domain/shared/is-final";
import type { Role } from "../../domain/workspaces/role";
import { memoryQueryStore } from "./memory-store";
import type { QueryLimits } from "./query-limits";
import type { QueryScope } from "./query-scope";
import { runningQueries } from "./running/running-queries";
import { followQuery } from "./runs/follow-query";
import type { QueryRunView } from "./views";

export const TABLE = "lake.shop.orders";

const LIMITS: QueryLimits = {
  resultBytes: 1e9,
  workspaceBytes: 2e9,
  keptMs: 3_600_000,
  freeBytes: 0,
  timeoutMs: 0,
  memoryBytes: 2e9,
  cores: 2,
};

export type WorldEngines = {
  lake: TableCatalog & LakeAdmin & { write(path: string, rows?: number): void };
  sqlLanguage: SqlLanguage;
  duckdb: StatementEngine;
  trino: StatementEngine;
  resultReader: ResultReader;
};

/** For tests: a workspace in memory with one table. Trino is not offered unless a scope says so. */
export async function queryWorld({ lake, sqlLanguage, duckdb, resultReader }: WorldEngines) {
  const resultsDir = await mkdtemp(join(tmpdir(), "query-room-"));
  const store = memoryQueryStore();
  const running = runningQueries();
  const audit: { action: string; target: string; detail: unknown }[] = [];
  const time = { now: new Date("2026-06-01T00:00:00Z") };

  lake.write(await lake.stage("w", TABLE, "a"), 10);
  await lake.commit("w", { name: TABLE, writtenBy: "run r1", kind: "run", idempotencyKey: "a" });

  // The database is asked for nothing but the audit log and the members, of whom there are none.
  const db = {
    auditEntry: {
      create: async ({ data }: { data: { action: string; target: string; detail: unknown } }) =>
        void audit.push({ action: data.action, target: data.target, detail: data.detail }),
    },
    membership: { findMany: async () => [] },
  } as unknown as QueryScope["db"];

  const as = (role: Role, more: Partial<QueryScope> = {}): QueryScope => ({
    workspace: { id: "w", slug: "w", name: "W" },
    role,
    actor: { id: `u-${role}`, name: `Una ${role}` },
    clock: { now: () => time.now },
    db,
    store,
    running,
    queryLimits: LIMITS,
    tableCatalog: lake,
    lakeAdmin: lake,
    statementEngines: { duckdb, trino: null },
    sqlLanguage,
    resultReader,
    resultsDir,
    sources: { connections: async () => [] },
    queryCatalogs: { catalogs: async () => [] },
    databaseCatalog: { describe: async () => ({ tables: [], options: "" }) },
    foreignCatalogs: null,
    openSecrets: async () => new Map(),
    ...more,
  });

  /** Follows a run until it is so. */
  const until = async (scope: QueryScope, id: string, isSo: (view: QueryRunView) => boolean) => {
    for await (const view of followQuery(scope, { id }, new AbortController().signal)) {
      if (isSo(view)) return view;
    }
    throw new Error("The run ended otherwise.");
  };
  const end = (scope: QueryScope, id: string) => until(scope, id, ({ status }) => isFinal(status));
  const begun = (scope: QueryScope, id: string) => until(scope, id, ({ status }) => status === "running");

  return {
    ...{ store, running, audit, time, resultsDir, as, end, begun },
    limits: LIMITS,
    close: () => rm(resultsDir, { recursive: true, force: true }),
  };
}
