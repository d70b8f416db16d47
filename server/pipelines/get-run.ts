import { z } from "zod";
import type { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import type { RunHead, RunView } from "../../domain/pipelines/run-view";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import { ownRun, type PipelineScope, requireOwn } from "./pipeline-scope";
import { toSummary } from "./to-summary";
import { taskViews } from "./watch/task-views";
import type { StoredHead } from "./watch/watch-store";

export const RunIdInput = z.object({ runId: z.string() });
export type RunIdInput = z.infer<typeof RunIdInput>;

/** A run with its tasks, attempts and outputs. */
export async function getRun(scope: PipelineScope, { runId }: RunIdInput): Promise<RunView> {
  requireRole(scope, "viewer");
  const run = await ownRun(scope, runId);
  return { ...(await toHead(scope, run)), tasks: run.tasks.map(taskViews(run.document)) };
}

/** The run's own fields, with where it stands among the runs of its pipeline. */
export async function toHead({ store }: PipelineScope, run: StoredHead): Promise<RunHead> {
  const [queue, previous, parent] = await Promise.all([
    store.queueOf(run),
    store.previousOf(run),
    store.parentOf(run),
  ]);
  return { ...toSummary(run), queue, previous, parent };
}

/** The version of the document that the run runs. */
export async function getRunDocument(scope: PipelineScope, { runId }: RunIdInput): Promise<PipelineDocument> {
  requireRole(scope, "viewer");
  const { workspaceId, pipelineId, pipelineVersion } = await requireOwn(scope, runId);
  const saved = await scope.store.pipeline(workspaceId, pipelineId, pipelineVersion);
  if (saved === null) throw new Failure("not_found", `Run ${runId} has no document any more.`);
  return saved.document;
}
