import { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { experimentName } from "../../domain/experiments/experiment-name";
import type { EvaluatedRun } from "../../domain/experiments/experiment-summary";
import { summariseEvaluation } from "../../domain/experiments/summarise-evaluation";
import { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { RunStatus } from "../../domain/shared/run-status";
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

/** The newest evaluations, newest first, each with its run and the name of its experiment. */
export async function evaluatedRuns(
  db: Db,
  workspaceId: string,
  limit: number,
): Promise<{ experiment: string; run: EvaluatedRun }[]> {
  const evaluations = await db.evaluation.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: "desc" }, { taskId: "asc" }],
    take: limit,
  });
  const runs = await db.run.findMany({ where: { id: { in: evaluations.map(({ runId }) => runId) } } });
  const byId = new Map(runs.map((run) => [run.id, run]));
  const versionKey = (pipelineId: string, version: number) => `${pipelineId} ${version}`;
  const wanted = new Map(
    runs.map(({ pipelineId, pipelineVersion: version }) => [
      versionKey(pipelineId, version),
      { pipelineId, version },
    ]),
  );
  const versions = await db.pipelineVersion.findMany({
    where: { workspaceId, OR: [...wanted.values()] },
    select: { pipelineId: true, version: true, document: true },
  });
  const names = new Map(
    versions.map(({ pipelineId, version, document }) => [
      versionKey(pipelineId, version),
      experimentName(PipelineDocument.parse(document)),
    ]),
  );
  return evaluations.flatMap(({ runId, report, createdAt }) => {
    const run = byId.get(runId);
    if (run === undefined) return [];
    const { id, number, pipelineId, pipelineVersion, endedAt } = run;
    return {
      experiment: names.get(versionKey(pipelineId, pipelineVersion)) ?? pipelineId,
      run: {
        id,
        number,
        pipelineId,
        pipelineVersion,
        status: RunStatus.parse(run.status),
        endedAt,
        evaluatedAt: createdAt,
        verdict: summariseEvaluation(EvaluationReport.parse(report)),
      },
    };
  });
}
