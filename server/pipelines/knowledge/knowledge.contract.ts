import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrismaClient } from "../../db/client";
import { scratchDatabase } from "../../db/scratch-database";
import { prismaKnowledgeStore } from "./knowledge-rows";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const table = (name: string) => ({ kind: "table", name, version: "1" });

describe.skipIf(serverUrl === "")(
  "what is known of a workspace, on PostgreSQL (CONTRACT_DATABASE_URL)",
  () => {
    let db: PrismaClient;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      ({ db, drop } = await scratchDatabase(serverUrl));
    }, 60_000);
    afterAll(() => drop());

    async function run(pipelineId: string, number: number, status: string, reads: string) {
      const id = `${pipelineId}-${number}`;
      const outputs = { tables: [{ name: `analytics.derived.${pipelineId}`, rowCount: 1 }] };
      await db.run.create({
        data: {
          ...{ id, workspaceId: "w", pipelineId, pipelineVersion: 1, number, status, startedBy: "Ann" },
          tasks: {
            create: [
              {
                taskId: "write",
                type: "sql_execute",
                status,
                outputs,
                inputs: [table(reads), { ...table("c"), kind: "code" }],
              },
              { taskId: "rest", type: "http", status },
            ],
          },
        },
      });
    }

    async function statement(id: string, day: number, status: string, name: string, mode: string | null) {
      await db.queryRun.create({
        data: {
          ...{ id, workspaceId: "w", sql: "", dialect: "duckdb", engine: "duckdb", placement: {}, status },
          ...{ createdById: "u", createdBy: "Ann", createdAt: at(day) },
          kind: mode === null ? "select" : mode === "append" ? "insert" : "create_table_as",
          reads: [{ table: name, snapshotId: null }],
          writes: mode === null ? [] : [{ table: "analytics.u_ann.copy", mode, snapshotId: null, rows: 1 }],
        },
      });
    }

    it("has what statements made, newest first, and what the last success of each other pipeline made", async () => {
      for (const pipelineId of ["own", "other"])
        await db.pipeline.create({ data: { workspaceId: "w", pipelineId, activeVersion: 1 } });
      await run("own", 1, "succeeded", "lake.shop.own");
      await run("other", 1, "succeeded", "lake.shop.first");
      await run("other", 2, "succeeded", "lake.shop.second");
      await run("other", 3, "failed", "lake.shop.third");
      await statement("a", 1, "succeeded", "lake.shop.a", "create");
      await statement("b", 2, "succeeded", "lake.shop.b", "append");
      await statement("c", 3, "failed", "lake.shop.c", "append");
      await statement("d", 4, "succeeded", "lake.shop.d", null);
      const { makers } = await prismaKnowledgeStore(db).named("w", "own");
      const copy = (startsAnew: boolean) => [{ table: "analytics.u_ann.copy", startsAnew }];
      expect(makers).toEqual([
        { reads: ["lake.shop.b"], writes: copy(false), by: null },
        { reads: ["lake.shop.a"], writes: copy(true), by: null },
        {
          reads: ["lake.shop.second"],
          writes: [{ table: "analytics.derived.other", startsAnew: true }],
          by: "other",
        },
      ]);
      expect((await prismaKnowledgeStore(db).named("elsewhere", null)).makers).toEqual([]);
    });
  },
);
