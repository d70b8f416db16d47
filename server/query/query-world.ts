import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cell } from "../../domain/ports/rows";
import { isFinal } from "../../domain/shared/is-final";
import type { Role } from "../../domain/workspaces/role";
import { memoryLake } from "../engines/memory/lake";
import { memoryResultReader } from "../engines/memory/result-reader";
import { memorySqlLanguage } from "../engines/memory/sql-language";
import { type MemoryStatementAnswer, memoryStatementEngine } from "../engines/memory/statement-engine";
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

const ANSWER = {
  columns: [{ name: "id", type: "BIGINT" }],
  rows: [[1], [2], [3]] as Cell[][],
};

/** A workspace in memory with one table, whose engine answers three rows unless it is told other. */
export async function queryWorld({ trino = false } = {}) {
  const resultsDir = await mkdtemp(join(tmpdir(), "query-room-"));
  const lake = memoryLake();
  const store = memoryQueryStore();
  const running = runningQueries();
  const sqlLanguage = memorySqlLanguage();
  const replies: MemoryStatementAnswer[] = [];
  const readings: Cell[][][] = [];
  const audit: { action: string; target: string; detail: unknown }[] = [];
  const time = { now: new Date("2026-06-01T00:00:00Z") };
  const duckdb = memoryStatementEngine((statement) => (replies.shift() ?? (() => ANSWER))(statement));
  const trinoEngine = memoryStatementEngine(() => ANSWER);
  const resultReader = memoryResultReader(() => readings.shift() ?? []);

  lake.write(await lake.stage("w", TABLE, "a"), 10);
  await lake.commit("w", { name: TABLE, writtenBy: "run r1", kind: "run", idempotencyKey: "a" });

  // The database is asked for nothing but the audit log.
  const db = {
    auditEntry: {
      create: async ({ data }: { data: { action: string; target: string; detail: unknown } }) =>
        void audit.push({ action: data.action, target: data.target, detail: data.detail }),
    },
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
    statementEngines: { duckdb, trino: trino ? trinoEngine : null },
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

  /** Follows a run to its end. */
  const end = async (scope: QueryScope, id: string): Promise<QueryRunView> => {
    for await (const view of followQuery(scope, { id }, new AbortController().signal)) {
      if (isFinal(view.status)) return view;
    }
    throw new Error("The run was not followed to its end.");
  };

  return {
    ...{ lake, store, running, duckdb, trinoEngine, resultReader, sqlLanguage, replies, readings },
    ...{ audit, time, resultsDir, as, end },
    limits: LIMITS,
    close: () => rm(resultsDir, { recursive: true, force: true }),
  };
}

export type QueryWorld = Awaited<ReturnType<typeof queryWorld>>;
