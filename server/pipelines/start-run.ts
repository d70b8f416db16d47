import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit, requireRole } from "../workspaces/index";
import { refuseArchived } from "./archive/refuse-archived";
import { keyedId } from "./keyed-id";
import { launchRun, type StartedRun } from "./launch-run";
import type { ActingScope } from "./pipeline-scope";

export const StartRunInput = z.object({
  pipelineId: z.string(),
  /** The current one where it is absent. */
  version: z.int().min(1).optional(),
  /** Values by name, over the document's defaults. Names that the document does not have are refused. */
  parameters: z.record(z.string(), z.json()).optional(),
  /** Runs of a higher one start first; the document's where it is absent. */
  priority: z.int().min(-1_000).max(1_000).optional(),
  /** Equal keys start one run. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type StartRunInput = z.infer<typeof StartRunInput>;

/**
 * Starts a run of the current version, or of `version`, and returns at once. Failures: `not_found`, `conflict` where it
 * is archived, `invalid_input`.
 */
export async function startRun(scope: ActingScope, input: StartRunInput): Promise<StartedRun> {
  requireRole(scope, "analyst");
  const { pipelineId, version, parameters = {}, priority, idempotencyKey } = input;
  const { id: workspaceId } = scope.workspace;
  const saved = await scope.store.pipeline(workspaceId, pipelineId, version);
  if (saved === null) {
    const what = version === undefined ? "" : `version ${version} of `;
    throw new Failure("not_found", `There is no ${what}pipeline ${pipelineId} in this workspace.`);
  }
  const id = idempotencyKey === undefined ? randomUUID() : keyedId(workspaceId, pipelineId, idempotencyKey);
  const earlier = await scope.store.status(id);
  if (earlier !== null) return { id, status: earlier };
  await refuseArchived(scope.store, workspaceId, pipelineId);
  refuseUnknown(parameters, saved.document.parameters ?? {});
  const started = await launchRun(scope, {
    id,
    workspaceId,
    pipelineId,
    pipelineVersion: saved.version,
    startedBy: scope.actor.name,
    rerunOf: null,
    createdAt: scope.clock.now(),
    trigger: scope.actor.id.startsWith("token:") ? "api" : "manual",
    parameters,
    priority: priority ?? saved.document.priority ?? 0,
    tasks: saved.document.tasks.map((task) => ({ taskId: task.task_id, type: task.type, reused: null })),
  });
  await recordAudit(scope, "pipeline.started", pipelineId, { runId: id, version: saved.version });
  return started;
}

function refuseUnknown(given: Record<string, unknown>, known: Record<string, unknown>): void {
  const unknown = Object.keys(given).filter((name) => !(name in known));
  if (unknown.length === 0) return;
  const names = Object.keys(known);
  throw new Failure("invalid_input", `The pipeline has no parameter ${unknown.join(", ")}.`, {
    hint: names.length === 0 ? "It has none." : `Its parameters: ${names.join(", ")}.`,
    errors: unknown.map((name) => ({ pointer: `/parameters/${name}`, message: "This name is not known." })),
  });
}
