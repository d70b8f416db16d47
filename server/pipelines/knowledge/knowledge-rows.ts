import type { TableMaker } from "../../../domain/pipelines/problems/table-lineage";
import { TaskView } from "../../../domain/pipelines/run-view";
import { TableRead, TableWritten } from "../../../domain/query/query-run";
import type { Db } from "../../workspaces/index";
import type { KnowledgeStore } from "./knowledge-store";

/** Names out of the app's database. */
export const prismaKnowledgeStore = (db: Db): KnowledgeStore => ({
  named: async (workspaceId, pipelineId) => {
    const name = { name: true } as const;
    const [
      connections,
      savedQueries,
      secrets,
      codePackages,
      pipelines,
      notificationTargets,
      success,
      statements,
      tasks,
    ] = await Promise.all([
      db.connection.findMany({ where: { workspaceId, deletedAt: null }, select: name }),
      db.savedQuery.findMany({
        where: { workspaceId },
        select: { name: true, sql: true, updatedAt: true },
      }),
      db.workspaceSecret.findMany({ where: { workspaceId }, select: name }),
      db.codePackage.findMany({
        where: { workspaceId },
        orderBy: [{ name: "asc" }, { createdAt: "desc" }],
        distinct: ["name"],
        select: { name: true, files: true, createdAt: true },
      }),
      db.pipeline.findMany({
        where: { workspaceId, activeVersion: { not: null } },
        select: { pipelineId: true },
      }),
      db.notificationTarget.findMany({ where: { workspaceId }, select: { channel: true, name: true } }),
      pipelineId === null
        ? null
        : db.run.findFirst({
            where: { workspaceId, pipelineId, status: "succeeded" },
            orderBy: { number: "desc" },
            select: { startedAt: true },
          }),
      statementMakers(db, workspaceId),
      taskMakers(db, workspaceId, pipelineId ?? ""),
    ]);
    return {
      connections: connections.map((row) => row.name),
      savedQueries,
      secrets: secrets.map((row) => row.name),
      codePackages,
      pipelines: pipelines.map((row) => row.pipelineId),
      notificationTargets,
      lastSuccessAt: success?.startedAt ?? null,
      makers: [...statements, ...tasks],
    };
  },
});

/** So many of the newest statements are looked at: a workspace may have any number. */
const MOST_STATEMENTS = 5_000;

async function statementMakers(db: Db, workspaceId: string): Promise<TableMaker[]> {
  const rows = await db.$queryRaw<{ reads: unknown; writes: unknown }[]>`
    SELECT "reads", "writes" FROM (
      SELECT "reads", "writes", "kind", "status", "createdAt" FROM "QueryRun"
      WHERE "workspaceId" = ${workspaceId} ORDER BY "createdAt" DESC LIMIT ${MOST_STATEMENTS}
    ) newest
    WHERE "status" = 'succeeded' AND "kind" IN ('create_table_as', 'insert', 'drop_table')
    ORDER BY "createdAt" DESC`;
  return rows.map(({ reads, writes }) => ({
    reads: TableRead.array()
      .parse(reads)
      .map(({ table }) => table),
    writes: TableWritten.array()
      .parse(writes)
      .map(({ table, mode }) => ({ table, startsAnew: mode !== "append" })),
    by: null,
  }));
}

async function taskMakers(db: Db, workspaceId: string, but: string): Promise<TableMaker[]> {
  const rows = await db.$queryRaw<{ pipelineId: string; inputs: unknown; outputs: unknown }[]>`
    SELECT pipeline."pipelineId", task."inputs", task."outputs" FROM "Pipeline" pipeline
    CROSS JOIN LATERAL (
      SELECT "id" FROM "Run"
      WHERE "workspaceId" = ${workspaceId} AND "pipelineId" = pipeline."pipelineId" AND "status" = 'succeeded'
      ORDER BY "number" DESC LIMIT 1
    ) run
    JOIN "TaskRun" task ON task."runId" = run."id"
    WHERE pipeline."workspaceId" = ${workspaceId} AND pipeline."pipelineId" <> ${but}
      AND task."status" = 'succeeded' AND task."outputs" ? 'tables'`;
  return rows.map(({ pipelineId, inputs, outputs }) => ({
    reads: TaskView.shape.inputs.parse(inputs).flatMap(({ kind, name }) => (kind === "table" ? name : [])),
    writes: (TaskView.shape.outputs.parse(outputs).tables ?? []).map(({ name }) => ({
      table: name,
      startsAnew: true,
    })),
    by: pipelineId,
  }));
}
