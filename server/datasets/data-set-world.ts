import type { QueryEngine, TableLocation } from "../../domain/ports/query-engine";
import type { Cell } from "../../domain/ports/rows";
import type { Role } from "../../domain/workspaces/role";
import { memoryLake } from "../engines/memory/lake";
import { memoryTracker } from "../engines/memory/tracker";
import type { DataSetScope } from "./data-set-scope";
import { memoryDataSetStore } from "./memory-store";

export const TABLE = "lake.shop.orders";
export const MODEL = "demand";

/** A workspace in memory: a table with a branch `audit` ahead of main, and a model of two versions. */
export async function dataSetWorld() {
  const lake = memoryLake();
  const tracker = memoryTracker();
  const store = memoryDataSetStore();
  const audit: { action: string; target: string }[] = [];
  const asked: { sql: string; tables: TableLocation[]; limit: number }[] = [];
  const answers: Cell[][][] = [];
  const time = { now: new Date("2026-06-01T00:00:00Z") };

  const queryEngine = {
    rows: async (sql: string, { tables, limit }: { tables: TableLocation[]; limit: number }) => {
      asked.push({ sql, tables, limit });
      const rows = answers.shift() ?? [];
      return {
        columns: [{ name: "id", type: "BIGINT" }],
        rows: rows.slice(0, limit),
        truncated: rows.length > limit,
      };
    },
  } as unknown as QueryEngine;

  const put = async (key: string, more: { branch?: string; mode?: "append" } = {}) => {
    lake.write(await lake.stage("w", TABLE, key), 10);
    const commit = { name: TABLE, writtenBy: "run r1", kind: "run", idempotencyKey: key, ...more };
    return (await lake.commit("w", commit)).snapshotId ?? "";
  };
  const main = await put("a");
  const branch = await put("b", { branch: "audit", mode: "append" });

  for (const version of ["1", "2"]) {
    const { id } = tracker.addRun({ experimentId: "1", tags: { dataset: TABLE } });
    tracker.addModelVersion({ name: MODEL, version, runId: id, tags: { "benchwright.run_id": "r1" } });
  }
  const foreign = tracker.addRun({ experimentId: "1" });
  tracker.addModelVersion({
    name: "theirs",
    version: "1",
    runId: foreign.id,
    tags: { "benchwright.run_id": "elsewhere" },
  });

  // The database is asked for nothing but the audit log.
  const db = {
    auditEntry: {
      create: async ({ data }: { data: { action: string; target: string } }) =>
        void audit.push({ action: data.action, target: data.target }),
    },
  } as unknown as DataSetScope["db"];

  const as = (role: Role, more: Partial<DataSetScope> = {}): DataSetScope => ({
    workspace: { id: "w", slug: "w", name: "W" },
    role,
    actor: { id: `u-${role}`, name: `Una (${role})` },
    clock: { now: () => time.now },
    tableCatalog: lake,
    lakeAdmin: lake,
    queryEngine,
    resultsDir: "",
    tracker,
    store,
    db,
    origins: {
      runs: async (_workspace, ids) =>
        ids.includes("r1") ? [{ id: "r1", pipelineId: "demand_forecast", number: 3 }] : [],
      syncs: async () => [],
    },
    ...more,
  });
  return { lake, tracker, store, audit, asked, answers, time, put, main, branch, as };
}
