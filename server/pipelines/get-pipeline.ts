import { z } from "zod";
import { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { RunSummary } from "../../domain/pipelines/run-view";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import { ArchiveMark } from "./archive/archive-mark";
import type { PipelineScope } from "./pipeline-scope";

const SHOWN_RUNS = 50;

export const GetPipelineInput = z.object({ pipelineId: z.string() });
export const GetPipelineResult = z.object({
  document: PipelineDocument,
  version: z.int(),
  createdAt: z.date(),
  createdBy: z.string(),
  /** Null where it is not archived. */
  archived: ArchiveMark.nullable(),
  /** The last fifty, newest first. */
  runs: z.array(RunSummary),
});

/** The current version of a pipeline and its last runs. */
export async function getPipeline(scope: PipelineScope, { pipelineId }: z.infer<typeof GetPipelineInput>) {
  requireRole(scope, "viewer");
  const saved = await scope.store.pipeline(scope.workspace.id, pipelineId);
  if (saved === null) throw new Failure("not_found", `There is no pipeline ${pipelineId} in this workspace.`);
  const { document, version, createdAt, createdBy } = saved;
  const [archived, runs] = await Promise.all([
    scope.store.archiveMark(scope.workspace.id, pipelineId),
    scope.store.runs(scope.workspace.id, { pipelineId, limit: SHOWN_RUNS }),
  ]);
  return { document, version, createdAt, createdBy, archived, runs };
}
