import { z } from "zod";
import { RunSummary } from "../../domain/pipelines/run-view";
import { requireRole } from "../workspaces/index";
import type { PipelineScope } from "./pipeline-scope";

export const ListRunsInput = z.object({
  pipelineId: z.string().optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
export const ListRunsResult = z.object({ items: z.array(RunSummary), nextCursor: z.string().nullable() });

/** Runs of the workspace or of one pipeline, newest first. */
export async function listRuns(
  scope: PipelineScope,
  { pipelineId, cursor, limit }: z.infer<typeof ListRunsInput>,
): Promise<z.infer<typeof ListRunsResult>> {
  requireRole(scope, "viewer");
  const found = await scope.store.runs(scope.workspace.id, {
    pipelineId,
    before: cursor ?? undefined,
    limit: limit + 1,
  });
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
