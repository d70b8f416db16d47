import { z } from "zod";
import { RunSummary } from "../../domain/pipelines/run-view";
import { requireRole } from "../workspaces/index";
import type { PipelineScope } from "./pipeline-scope";

const SHOWN_RUNS = 10;

export const ListPipelinesResult = z.array(
  z.object({
    pipelineId: z.string(),
    name: z.string(),
    version: z.int(),
    taskCount: z.int(),
    /** At most ten, newest first. */
    lastRuns: z.array(RunSummary),
  }),
);

/** The pipelines of the workspace, by name. */
export async function listPipelines(scope: PipelineScope): Promise<z.infer<typeof ListPipelinesResult>> {
  requireRole(scope, "viewer");
  const pipelines = await scope.store.pipelines(scope.workspace.id);
  return Promise.all(
    pipelines.map(async ({ pipelineId, version, document }) => ({
      pipelineId,
      version,
      name: document.name,
      taskCount: document.tasks.length,
      lastRuns: await scope.store.runs(scope.workspace.id, { pipelineId, limit: SHOWN_RUNS }),
    })),
  );
}
