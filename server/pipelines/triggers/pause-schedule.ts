import type { z } from "zod";
import type { PipelineScheduleView } from "../../../domain/pipelines/schedule/schedule-view";
import { recordAudit, requireRole } from "../../workspaces/index";
import { getSchedule, type PipelineIdInput } from "./get-schedule";
import type { TriggerScope } from "./trigger-scope";

/** A paused schedule starts nothing. Going on, it makes up for nothing that passed meanwhile. Failures: `not_found`. */
export async function pauseSchedule(
  scope: TriggerScope,
  { pipelineId }: z.infer<typeof PipelineIdInput>,
  isPaused: boolean,
): Promise<PipelineScheduleView> {
  requireRole(scope, "engineer");
  const changed = await scope.triggers.setPaused(scope.workspace.id, pipelineId, isPaused, scope.clock.now());
  if (changed) await recordAudit(scope, isPaused ? "schedule.paused" : "schedule.resumed", pipelineId);
  return getSchedule(scope, { pipelineId });
}
