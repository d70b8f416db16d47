import { isDeepStrictEqual } from "node:util";
import { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { mayPrecede } from "../../domain/pipelines/run-states";
import type { LogLineView } from "../../domain/pipelines/run-view";
import { RunStatus } from "../../domain/shared/run-status";
import type { Prisma, PrismaClient } from "../db/client";
import { archiveRows } from "./archive/archive-rows";
import { onRunEnded } from "./notifications/on-run-ended";
import { readStoredRun } from "./rows/stored-run";
import type { NewRun, PipelineStore, SavedPipeline, TaskSources } from "./run-store";
import { executionRows } from "./running/execution-rows";
import type { TaskInput } from "./running/execution-store";
import { nudgeAdmission } from "./running/nudge";
import { toSummary } from "./to-summary";
import { makeActive } from "./triggers/make-active";
import { watchRows } from "./watch/watch-rows";

type Db = PrismaClient;
export type Json = Prisma.InputJsonValue;

const UNFINISHED = RunStatus.options.filter((status) => mayPrecede("cancelled").includes(status));

/** Pipelines and runs in the app's database. */
export const prismaPipelineStore = (db: Db): PipelineStore => ({
  ...executionRows(db),
  ...watchRows(db),
  ...archiveRows(db),

  run: (runId) => readStoredRun(db, runId),

  savePipeline: (workspaceId, document, draft, createdBy, text) =>
    serialised(db, `pipeline ${workspaceId} ${document.pipeline_id}`, async (tx) => {
      const where = { workspaceId, pipelineId: document.pipeline_id };
      const newest = await tx.pipelineVersion.findFirst({
        where: { ...where, draft },
        orderBy: { version: "desc" },
      });
      if (newest !== null && isDeepStrictEqual(readDocument(newest.document), document)) {
        if (!draft) await makeActive(tx, { ...where, version: newest.version }, new Date());
        return newest.version;
      }
      const last = await tx.pipelineVersion.aggregate({ where, _max: { version: true } });
      const version = (last._max.version ?? 0) + 1;
      await tx.pipelineVersion.create({
        data: { ...where, version, draft, createdBy, document: document as Json, text: text ?? null },
      });
      if (!draft) await makeActive(tx, { ...where, version }, new Date());
      return version;
    }),

  pipeline: async (workspaceId, pipelineId, version) => {
    const row = await db.pipelineVersion.findFirst({
      where: { workspaceId, pipelineId, ...(version === undefined ? { draft: false } : { version }) },
      orderBy: { version: "desc" },
    });
    return row === null ? null : toSaved(row);
  },

  pipelines: async (workspaceId) => {
    const rows = await db.pipelineVersion.findMany({
      where: { workspaceId, draft: false },
      orderBy: [{ pipelineId: "asc" }, { version: "desc" }],
      distinct: ["pipelineId"],
    });
    return rows.map(toSaved).sort((a, b) => a.document.name.localeCompare(b.document.name, "en"));
  },

  createRun: (run) =>
    serialised(db, `pipeline ${run.workspaceId} ${run.pipelineId}`, async (tx) => {
      if ((await tx.run.findUnique({ where: { id: run.id }, select: { id: true } })) !== null) return;
      const { workspaceId, pipelineId } = run;
      const last = await tx.run.aggregate({ where: { workspaceId, pipelineId }, _max: { number: true } });
      const { tasks, parameters = {}, ...row } = run;
      const number = (last._max.number ?? 0) + 1;
      // Runs are let in by pipeline: one that only has runs is one too.
      await tx.pipeline.createMany({ data: [{ workspaceId, pipelineId }], skipDuplicates: true });
      await tx.run.create({ data: { ...row, number, status: "queued", parameters: parameters as Json } });
      await tx.taskRun.createMany({ data: tasks.map((task) => newTaskRow(run.id, task)) });
      await nudgeAdmission(tx);
    }),

  runs: async (workspaceId, { pipelineId, before, limit }) => {
    const rows = await db.run.findMany({
      where: { workspaceId, ...(pipelineId === undefined ? {} : { pipelineId }) },
      // Runs that were asked for in one moment stand in the order of their numbers.
      orderBy: [{ createdAt: "desc" }, { number: "desc" }, { id: "desc" }],
      take: limit,
      ...(before === undefined ? {} : { cursor: { id: before }, skip: 1 }),
    });
    return rows.map(toSummary);
  },

  cancelRun: (runId, cancelledBy, at) =>
    db.$transaction(async (tx) => {
      const { count } = await tx.run.updateMany({
        where: { id: runId, status: { in: UNFINISHED } },
        data: { status: "cancelled", cancelledBy, endedAt: at },
      });
      if (count === 0) return false;
      await tx.taskRun.updateMany({
        where: { runId, status: "queued" },
        data: { status: "skipped", endedAt: at, waits: null },
      });
      const started = { runId, status: { in: ["running", "retrying"] } };
      await tx.taskRun.updateMany({
        where: started,
        data: { status: "cancelled", endedAt: at, waits: null },
      });
      await tx.attempt.updateMany({ where: started, data: { status: "cancelled", endedAt: at } });
      await onRunEnded(tx, runId, at);
      await nudgeAdmission(tx);
      return true;
    }),

  logLines: async ({ runId, taskId, attempt, after, newest = false, limit }) => {
    const order = newest ? "desc" : "asc";
    const rows = await db.logLine.findMany({
      where: {
        runId,
        taskId,
        ...(attempt === undefined ? {} : { attempt }),
        ...(after === undefined
          ? {}
          : { OR: [{ attempt: { gt: after.attempt } }, { attempt: after.attempt, seq: { gt: after.seq } }] }),
      },
      orderBy: [{ attempt: order }, { seq: order }],
      take: limit,
    });
    if (newest) rows.reverse();
    return rows.map(({ runId: _runId, level, ...row }) => ({ ...row, level: level as LogLineView["level"] }));
  },

  inputsOf: async (runId) => {
    const rows = await db.taskRun.findMany({ where: { runId }, select: { taskId: true, inputs: true } });
    return new Map(rows.map(({ taskId, inputs }) => [taskId, inputs as TaskInput[]]));
  },
});

/** Saved queries and code packages, for the tasks that name them. */
export const prismaTaskSources = (db: Db): TaskSources => ({
  savedQuery: (workspaceId, name) =>
    db.savedQuery.findUnique({
      where: { workspaceId_name: { workspaceId, name } },
      select: { sql: true, dialect: true },
    }),
  codePackage: (workspaceId, name) =>
    db.codePackage.findFirst({
      where: { workspaceId, name },
      orderBy: { createdAt: "desc" },
      select: { contentHash: true, bytes: true },
    }),
});

/** Runs `act` in a transaction, one at a time for each `name`: versions and numbers are counted up without gaps or doubles. */
async function serialised<T>(
  db: Db,
  name: string,
  act: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    return act(tx);
  });
}

const readDocument = (json: unknown): PipelineDocument => PipelineDocument.parse(json);

function toSaved(row: {
  pipelineId: string;
  version: number;
  document: unknown;
  createdAt: Date;
  createdBy: string;
}): SavedPipeline {
  const { pipelineId, version, createdAt, createdBy } = row;
  return { pipelineId, version, createdAt, createdBy, document: readDocument(row.document) };
}

const newTaskRow = (
  runId: string,
  { taskId, type, reused, inputs = [] }: NewRun["tasks"][number],
): Prisma.TaskRunCreateManyInput => ({
  runId,
  taskId,
  type,
  status: reused === null ? "queued" : "succeeded",
  reused: reused !== null,
  outputs: (reused ?? {}) as Json,
  inputs: inputs as Json,
});
