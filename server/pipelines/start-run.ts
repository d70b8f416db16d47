import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit, requireRole } from "../workspaces/index";
import { keyedId } from "./keyed-id";
import { launchRun, type StartedRun } from "./launch-run";
import type { ActingScope } from "./pipeline-scope";

export const StartRunInput = z.object({
  pipelineId: z.string(),
  /** Equal keys start one run. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type StartRunInput = z.infer<typeof StartRunInput>;

/** Starts a run of the current version and returns at once. */
export async function startRun(
  scope: ActingScope,
  { pipelineId, idempotencyKey }: StartRunInput,
): Promise<StartedRun> {
  requireRole(scope, "analyst");
  const saved = await scope.store.pipeline(scope.workspace.id, pipelineId);
  if (saved === null) throw new Failure("not_found", `There is no pipeline ${pipelineId} in this workspace.`);
  const id =
    idempotencyKey === undefined ? randomUUID() : keyedId(scope.workspace.id, pipelineId, idempotencyKey);
  const earlier = await scope.store.status(id);
  if (earlier !== null) return { id, status: earlier };
  const started = await launchRun(scope, {
    id,
    workspaceId: scope.workspace.id,
    pipelineId,
    pipelineVersion: saved.version,
    startedBy: scope.actor.name,
    rerunOf: null,
    createdAt: scope.clock.now(),
    tasks: saved.document.tasks.map((task) => ({ taskId: task.task_id, type: task.type, reused: null })),
  });
  await recordAudit(scope, "pipeline.started", pipelineId, { runId: id, version: saved.version });
  return started;
}
