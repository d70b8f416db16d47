import { z } from "zod";
import { readSchedule } from "../../../domain/pipelines/schedule/read-schedule";
import type { PipelineScheduleView } from "../../../domain/pipelines/schedule/schedule-view";
import { ZoneName } from "../../../domain/pipelines/schedule/zone-name";
import { cronWords, nextFires } from "../../../domain/shared/cron";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { TriggerScope } from "./trigger-scope";

const SHOWN_FIRES = 10;

export const PipelineIdInput = z.object({ pipelineId: z.string() });

/** When a pipeline starts by itself. */
export async function getSchedule(
  { triggers, workspace, role, clock }: Omit<TriggerScope, "db">,
  { pipelineId }: z.infer<typeof PipelineIdInput>,
): Promise<PipelineScheduleView> {
  requireRole({ role }, "viewer");
  const state = await triggers.scheduleState(workspace.id, pipelineId);
  if (state === null) throw new Failure("not_found", `There is no pipeline ${pipelineId} in this workspace.`);
  const { isPaused, isArchived, dealtUntil, version } = state;
  const runnable = version === null ? null : await triggers.runnable(workspace.id, pipelineId, version);
  if (runnable === null || runnable.schedule === null) {
    const none = { expression: null, timeZone: null, words: null };
    return { ...none, catchUp: "latest", isPaused, isArchived, nextFires: [], dealtUntil };
  }
  const times = readSchedule(runnable.schedule);
  return {
    expression: times.expression,
    timeZone: times.time_zone,
    words: cronWords(times),
    catchUp: times.catchUp,
    isPaused,
    isArchived,
    nextFires: isPaused || isArchived ? [] : nextFires(times, clock.now(), SHOWN_FIRES),
    dealtUntil,
  };
}

export const ExplainCronInput = z.object({
  cron: z.string().max(200),
  timeZone: ZoneName.default("UTC"),
});

/** A cron in words, with its next fire times. Failures: `invalid_input` with what is wrong and how to write it. */
export function explainCron(
  { role, clock }: Pick<TriggerScope, "role" | "clock">,
  { cron: expression, timeZone: time_zone }: z.infer<typeof ExplainCronInput>,
) {
  requireRole({ role }, "viewer");
  const times = { expression, time_zone };
  return { words: cronWords(times), nextFires: nextFires(times, clock.now(), SHOWN_FIRES) };
}
