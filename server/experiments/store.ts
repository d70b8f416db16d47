import { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { PipelineDocument } from "../../domain/pipelines/pipeline-document";
import type { PrismaClient } from "../db/client";

export type Db = PrismaClient;

/** The verdict of a run's last evaluation; null where it has none. */
export async function evaluationOf(
  db: Db,
  workspaceId: string,
  runId: string,
): Promise<EvaluationReport | null> {
  const row = await db.evaluation.findFirst({
    where: { workspaceId, runId },
    orderBy: { createdAt: "desc" },
  });
  return row === null ? null : EvaluationReport.parse(row.report);
}

/** The run, where it is one of this workspace. */
export const runRow = (db: Db, workspaceId: string, runId: string) =>
  db.run.findFirst({
    where: { id: runId, workspaceId },
    select: { id: true, pipelineId: true, pipelineVersion: true },
  });

/** The newest run whose training made a forecast, or null. */
export const newestForecastRun = (db: Db, workspaceId: string) =>
  db.run.findFirst({
    where: { workspaceId, tasks: { some: { type: "ray_train", status: "succeeded" } } },
    orderBy: { createdAt: "desc" },
    select: { id: true, pipelineId: true, pipelineVersion: true },
  });

export async function documentOf(
  db: Db,
  workspaceId: string,
  pipelineId: string,
  version: number,
): Promise<PipelineDocument | null> {
  const row = await db.pipelineVersion.findUnique({
    where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
    select: { document: true },
  });
  return row === null ? null : PipelineDocument.parse(row.document);
}
