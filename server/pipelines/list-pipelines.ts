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

/** The pipelines of the workspace, by name. Archived ones are left out. */
export async function listPipelines(scope: PipelineScope): Promise<z.infer<typeof ListPipelinesResult>> {
  requireRole(scope, "viewer");
  const [pipelines, archived] = await Promise.all([
    scope.store.pipelines(scope.workspace.id),
    scope.store.archived(scope.workspace.id),
  ]);
  const away = new Set(archived.map(({ pipelineId }) => pipelineId));
  return Promise.all(
    pipelines
      .filter(({ pipelineId }) => !away.has(pipelineId))
      .map(async ({ pipelineId, version, document }) => ({
        pipelineId,
        version,
        name: document.name,
        taskCount: document.tasks.length,
        lastRuns: await scope.store.runs(scope.workspace.id, { pipelineId, limit: SHOWN_RUNS }),
      })),
  );
}
