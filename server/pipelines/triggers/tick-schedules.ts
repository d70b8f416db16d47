import { dueFires } from "../../../domain/pipelines/schedule/due-fires";
import { readSchedule } from "../../../domain/pipelines/schedule/read-schedule";
import type { Clock } from "../../../domain/shared/clock";
import { nextFires } from "../../../domain/shared/cron";
import { keyedId } from "../keyed-id";
import type { NewRun } from "../run-store";
import type { ScheduledPipeline, TriggerStore } from "./trigger-store";

export type TriggerSockets = {
  triggers: TriggerStore;
  /** Makes the run's rows; an id that exists is left as it is. */
  createRun(run: NewRun): Promise<void>;
  clock: Clock;
  /** Told of what kept one pipeline from its runs; the others go on. */
  report(error: unknown): void;
};

/**
 * Makes the runs of every pipeline whose fire time has come. A run's id is that of its fire time and the time is marked as
 * dealt with afterwards, so that two workers, or a crash anywhere, neither double nor lose one.
 */
export function scheduleTick(sockets: TriggerSockets): () => Promise<void> {
  /** When each schedule is worth a look again: by pipeline, with what it was when that was found out. */
  const quiet = new Map<string, { seen: string; untilMs: number }>();
  return async () => {
    for (const pipeline of await sockets.triggers.scheduled()) {
      const key = JSON.stringify([pipeline.workspaceId, pipeline.pipelineId]);
      const seen = JSON.stringify([pipeline.version, pipeline.dealtUntil]);
      const known = quiet.get(key);
      if (known?.seen === seen && sockets.clock.now().getTime() < known.untilMs) continue;
      try {
        const next = await look(sockets, pipeline);
        if (next === null) quiet.delete(key);
        else quiet.set(key, { seen, untilMs: next.getTime() });
      } catch (error) {
        sockets.report(error);
      }
    }
  };
}

/** Does what is due; otherwise the moment from which something may be. */
async function look(sockets: TriggerSockets, pipeline: ScheduledPipeline): Promise<Date | null> {
  const { triggers, clock } = sockets;
  const { workspaceId, pipelineId, dealtUntil } = pipeline;
  const now = clock.now();
  if (dealtUntil === null) {
    await triggers.setDealtUntil(workspaceId, pipelineId, now);
    return null;
  }
  const times = readSchedule(pipeline.schedule);
  if (dueFires(times, dealtUntil, now, false).dealtUntil <= dealtUntil)
    return nextFires(times, now, 1)[0] ?? new Date(now.getTime() + 24 * 60 * 60_000);
  const open = await triggers.openScheduledRuns(workspaceId, pipelineId);
  const due = dueFires(times, dealtUntil, now, open >= pipeline.maxActiveRuns);
  const runnable =
    due.start.length === 0 ? null : await triggers.runnable(workspaceId, pipelineId, pipeline.version);
  for (const fire of runnable === null ? [] : due.start) {
    await sockets.createRun({
      id: keyedId(workspaceId, "schedule", pipelineId, fire.toISOString()),
      workspaceId,
      pipelineId,
      pipelineVersion: pipeline.version,
      startedBy: "schedule",
      rerunOf: null,
      trigger: "schedule",
      scheduledFor: fire,
      priority: runnable?.priority ?? 0,
      createdAt: now,
      tasks: runnable?.tasks ?? [],
    });
  }
  if (due.dealtUntil > dealtUntil) await triggers.setDealtUntil(workspaceId, pipelineId, due.dealtUntil);
  return null;
}
