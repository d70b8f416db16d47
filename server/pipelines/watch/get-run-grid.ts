import { z } from "zod";
import type { RunGrid } from "../../../domain/pipelines/watch/run-grid";
import { requireRole } from "../../workspaces/index";
import type { PipelineScope } from "../pipeline-scope";

export const RunGridInput = z.object({
  pipelineId: z.string(),
  runs: z.int().min(1).max(100).default(36),
});

/** The last runs of a pipeline, task by task. Empty where it never ran. */
export async function getRunGrid(
  scope: PipelineScope,
  { pipelineId, runs: limit }: z.output<typeof RunGridInput>,
): Promise<RunGrid> {
  requireRole(scope, "viewer");
  const runs = (await scope.store.runs(scope.workspace.id, { pipelineId, limit })).reverse();
  return { runs, tasks: runs.length === 0 ? [] : await scope.store.gridTasks(runs, scope.workspace.id) };
}
