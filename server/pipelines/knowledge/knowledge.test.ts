import { describe, expect, it } from "vitest";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";
import type { Role } from "../../../domain/workspaces/role";
import type { WorkspaceScope } from "../../workspaces/index";
import { getKnowledge } from "./get-knowledge";
import type { KnowledgeSockets } from "./read-knowledge";
import { validatePipeline } from "./validate-pipeline";

const day = (date: number) => new Date(Date.UTC(2026, 0, date));
const named = {
  connections: ["shop"],
  savedQueries: [
    { name: "analytics.queries.old", sql: "SELECT * FROM shop.orders", updatedAt: day(1) },
    { name: "analytics.queries.new", sql: "SELECT 1", updatedAt: day(9) },
  ],
  secrets: ["TOKEN"],
  codePackages: [{ name: "forecast", files: ["train.py"], createdAt: day(9) }],
  pipelines: ["p"],
  notificationTargets: [{ channel: "slack", name: "#alerts" }],
  lastSuccessAt: day(5),
  makers: [
    {
      reads: ["analytics.derived.a"],
      writes: [{ table: "lake.shop.orders", startsAnew: true }],
      by: "nightly",
    },
  ],
};

function world(more: Partial<KnowledgeSockets> = {}) {
  const asked = { tables: 0 };
  const sockets: KnowledgeSockets = {
    knowledge: { named: async () => named },
    tableCatalog: {
      list: async () => {
        asked.tables += 1;
        return [{ name: "lake.shop.orders" } as CatalogTable];
      },
    },
    jobRunner: { health: async () => ({ version: "2", detail: "", cpus: 4, memoryBytes: 1_024 }) },
    ...more,
  };
  const scope = (role: Role, at = day(10)): WorkspaceScope<KnowledgeSockets> => ({
    workspace: { id: "w", slug: "w", name: "w" },
    role,
    actor: { id: "u", name: "Ann" },
    clock: { now: () => at },
    ...sockets,
  });
  return { scope, asked };
}

describe("what is known of a workspace", () => {
  it("are names, what queries read, and what changed since the last success", async () => {
    const known = await getKnowledge(world().scope("viewer"), { pipelineId: "p" });
    expect(known).toMatchObject({
      savedQueries: {
        "analytics.queries.old": { reads: ["lake.shop.orders"] },
        "analytics.queries.new": { reads: [] },
      },
      tables: ["lake.shop.orders"],
      codeFiles: ["forecast/train.py"],
      cluster: { total: { CPU: 4, GPU: null, memory: 1_024 } },
      notificationTargets: { slack: ["#alerts"], webhook: [] },
      changed: { codePackages: ["forecast"], savedQueries: ["analytics.queries.new"] },
      lineage: { "lake.shop.orders": [{ source: "analytics.derived.a", by: "nightly" }] },
    });
  });

  it("asks the lake once in a while, and goes without an engine that fails", async () => {
    const { scope, asked } = world({
      jobRunner: { health: () => Promise.reject(new Failure("engine_unavailable", "away")) },
    });
    expect((await getKnowledge(scope("viewer"), {})).cluster).toBeNull();
    await getKnowledge(scope("viewer"), {});
    expect(asked.tables).toBe(1);
    await getKnowledge(scope("viewer", new Date(day(10).getTime() + 16_000)), {});
    expect(asked.tables).toBe(2);
  });

  it("finds the loop through a table that another pipeline makes", async () => {
    const config = {
      sql: "SELECT * FROM lake.shop.orders",
      target_table: "analytics.derived.a",
      write_mode: "overwrite",
    };
    const tasks = [{ task_id: "write", type: "sql_execute", config }];
    const { errors, problems } = await validatePipeline(world().scope("viewer"), {
      document: { pipeline_id: "p", name: "P", tasks },
    });
    expect(errors).toEqual([]);
    expect(problems).toMatchObject([
      {
        code: "table_cycle",
        severity: "warning",
        pointer: "/tasks/0/config/sql",
        message:
          '"write" reads lake.shop.orders, which the pipeline nightly made of analytics.derived.a, and the same task writes that: write → lake.shop.orders → analytics.derived.a → write.',
      },
    ]);
  });

  it("judges a document: errors and warnings with their places, and a way to mend them", async () => {
    const tasks = [
      {
        task_id: "write",
        type: "sql_execute",
        config: {
          query_ref: "analytics.queries.odl",
          target_table: "analytics.derived.a",
          write_mode: "overwrite",
        },
      },
      { task_id: "run", type: "python", config: { script: "forecast/train.py" } },
    ];
    const judged = await validatePipeline(world().scope("viewer"), {
      document: { pipeline_id: "p", name: "P", tasks },
    });
    expect(judged.errors.map((error) => error.pointer)).toEqual(["/tasks/0/config/query_ref"]);
    expect(judged.problems).toMatchObject([
      { code: "unknown_reference", taskId: "write", fix: { value: "analytics.queries.old" } },
      { code: "version_skew", taskId: "run", severity: "warning" },
    ]);
  });
});
