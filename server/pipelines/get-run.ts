import { z } from "zod";
import type { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import type { RunView } from "../../domain/pipelines/run-view";
import { requireRole } from "../workspaces/index";
import { ownRun, type PipelineScope } from "./pipeline-scope";
import { toRunView } from "./to-run-view";

export const RunIdInput = z.object({ runId: z.string() });
export type RunIdInput = z.infer<typeof RunIdInput>;

/** A run with its tasks, attempts and outputs. */
export async function getRun(scope: PipelineScope, { runId }: RunIdInput): Promise<RunView> {
  requireRole(scope, "viewer");
  return toRunView(await ownRun(scope, runId));
}

/** The version of the document that the run runs. */
export async function getRunDocument(scope: PipelineScope, { runId }: RunIdInput): Promise<PipelineDocument> {
  requireRole(scope, "viewer");
  return (await ownRun(scope, runId)).document;
}
