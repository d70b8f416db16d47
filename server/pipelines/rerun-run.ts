import { randomUUID } from "node:crypto";
import { z } from "zod";
import { planRerun } from "../../domain/pipelines/plan-rerun";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import { Failure } from "../../domain/shared/failure";
import { isFinal } from "../../domain/shared/is-final";
import { recordAudit, requireRole, type WorkspaceScope } from "../workspaces/index";
import { refuseArchived } from "./archive/refuse-archived";
import { keyedId } from "./keyed-id";
import { launchRun, StartedRun } from "./launch-run";
import { type ActingScope, ownRun } from "./pipeline-scope";
import type { TaskSources } from "./run-store";
import { changedTasks } from "./running/changed-tasks";

/** `sources` and `tableCatalog` tell what a rerun would read. */
export type RerunScope = ActingScope & WorkspaceScope<{ sources: TaskSources; tableCatalog: TableCatalog }>;

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

export const RerunInput = z.object({
  runId: z.string(),
  /** A task: it and all behind it run again. */
  from: z.string().optional(),
  /** Only what did not succeed, or that and what would read something else now; and what stands behind it. */
  only: z.enum(["failed", "changed"]).optional(),
  /** Says what would run, and starts nothing. */
  preview: z.boolean().optional(),
  /** The tasks that a preview said: where others would run now, nothing is started. */
  expected: z.array(z.string()).optional(),
  /** Equal keys start one run. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type RerunInput = z.infer<typeof RerunInput>;

export const RerunResult = z.object({
  /** The new run; null where only a preview was asked for. */
  id: StartedRun.shape.id.nullable(),
  status: StartedRun.shape.status.nullable(),
  /** Ids of the tasks that run again, in the document's order. */
  again: z.array(z.string()),
  /** Ids of the tasks whose results are taken over. */
  reused: z.array(z.string()),
});
export type RerunResult = z.infer<typeof RerunResult>;

/**
 * Runs an ended run's version again, taking over the results of the tasks that need not run; with `preview` it only says
 * which are which. Failures: `not_found`, `conflict` where the run is still going, its pipeline is archived, or `expected` no longer holds,
 * `invalid_input` (no such task, nothing to run).
 */
export async function rerunRun(
  scope: RerunScope,
  { runId, from, only, preview, expected, idempotencyKey }: RerunInput,
): Promise<RerunResult> {
  requireRole(scope, "analyst");
  const origin = await ownRun(scope, runId);
  if (!isFinal(origin.status)) {
    throw new Failure("conflict", "This run is still going.", {
      hint: "Wait for its end, or cancel it first.",
    });
  }
  const byId = new Map(origin.tasks.map((task) => [task.taskId, task]));
  const statuses = Object.fromEntries(origin.tasks.map((task) => [task.taskId, task.status]));
  const notChosen = origin.tasks.flatMap(({ taskId, because }) => (because === "not_chosen" ? [taskId] : []));
  const inputs = await scope.store.inputsOf(runId);
  const id =
    idempotencyKey === undefined ? randomUUID() : keyedId(origin.workspaceId, "rerun", runId, idempotencyKey);
  const started = idempotencyKey === undefined || preview === true ? null : await scope.store.run(id);
  if (started !== null) {
    const tasks = started.tasks.filter((task) => !task.reused && !notChosen.includes(task.taskId));
    const choice = { only: "changed" as const, changed: tasks.map((task) => task.taskId), notChosen };
    return { id, status: started.status, ...planRerun(origin.document.tasks, statuses, choice) };
  }
  const changed = only === "changed" ? await changedTasks(scope, origin, inputs) : [];
  const choice = { from, only, changed, notChosen };
  const { reused, again } = planRerun(origin.document.tasks, statuses, choice);
  if (preview === true) return { id: null, status: null, again, reused };
  if (expected !== undefined && !isSameSet(expected, again)) {
    throw new Failure("conflict", `Other tasks would run now: ${again.join(", ")}.`, {
      hint: "Look at the preview again.",
    });
  }
  await refuseArchived(scope.store, origin.workspaceId, origin.pipelineId);
  const { status } = await launchRun(scope, {
    id,
    workspaceId: origin.workspaceId,
    pipelineId: origin.pipelineId,
    pipelineVersion: origin.pipelineVersion,
    startedBy: scope.actor.name,
    rerunOf: origin.id,
    createdAt: scope.clock.now(),
    trigger: "rerun",
    scheduledFor: origin.scheduledFor,
    parameters: origin.parameters,
    priority: origin.priority,
    tasks: origin.document.tasks.map((task) => ({
      taskId: task.task_id,
      type: task.type,
      reused: reused.includes(task.task_id) ? (byId.get(task.task_id)?.outputs ?? {}) : null,
      inputs: reused.includes(task.task_id) ? (inputs.get(task.task_id) ?? []) : [],
    })),
  });
  await recordAudit(scope, "run.rerun", origin.id, { runId: id, again });
  return { id, status, again, reused };
}
