import { isDeepStrictEqual } from "node:util";
import { PipelineDocument } from "../../domain/pipelines/pipeline-document";
import { mayPrecede } from "../../domain/pipelines/run-states";
import type { LogLineView } from "../../domain/pipelines/run-view";
import { RunStatus } from "../../domain/shared/run-status";
import type { Prisma, PrismaClient } from "../db/client";
import { executionStore } from "./execution-rows";
import type { NewRun, PipelineStore, SavedPipeline, TaskSources } from "./run-store";
import { toSummary } from "./to-summary";
import { makeActive } from "./triggers/make-active";

export type Db = PrismaClient;
export type Json = Prisma.InputJsonValue;

const UNFINISHED = RunStatus.options.filter((status) => mayPrecede("cancelled").includes(status));

/** Pipelines and runs in the app's database. */
export const prismaPipelineStore = (db: Db): PipelineStore => ({
  ...executionStore(db),

  savePipeline: (workspaceId, document, draft, createdBy) =>
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
        data: { ...where, version, draft, createdBy, document: document as Json },
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
      await tx.run.create({ data: newRunRow(run, (last._max.number ?? 0) + 1) });
    }),

  runs: async (workspaceId, { pipelineId, before, limit }) => {
    const rows = await db.run.findMany({
      where: { workspaceId, ...(pipelineId === undefined ? {} : { pipelineId }) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
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
        data: { status: "skipped", endedAt: at },
      });
      const started = { runId, status: { in: ["running", "retrying"] } };
      await tx.taskRun.updateMany({ where: started, data: { status: "cancelled", endedAt: at } });
      await tx.attempt.updateMany({ where: started, data: { status: "cancelled", endedAt: at } });
      return true;
    }),

  logLines: async ({ runId, taskId, attempt, after, limit }) => {
    const rows = await db.logLine.findMany({
      where: {
        runId,
        taskId,
        ...(attempt === undefined ? {} : { attempt }),
        ...(after === undefined
          ? {}
          : { OR: [{ attempt: { gt: after.attempt } }, { attempt: after.attempt, seq: { gt: after.seq } }] }),
      },
      orderBy: [{ attempt: "asc" }, { seq: "asc" }],
      take: limit,
    });
    return rows.map(({ runId: _runId, level, ...row }) => ({ ...row, level: level as LogLineView["level"] }));
  },

  unfinishedRuns: async () => {
    const rows = await db.run.findMany({
      where: { status: { in: UNFINISHED } },
      select: { id: true },
      orderBy: { createdAt: "asc" },
    });
    return rows.map((row) => row.id);
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

function newRunRow({ tasks, parameters = {}, ...run }: NewRun, number: number): Prisma.RunCreateInput {
  return {
    ...run,
    parameters: parameters as Json,
    number,
    status: "queued",
    tasks: {
      create: tasks.map(({ taskId, type, reused }) => ({
        taskId,
        type,
        status: reused === null ? "queued" : "succeeded",
        reused: reused !== null,
        outputs: (reused ?? {}) as Json,
      })),
    },
  };
}
