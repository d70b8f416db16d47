import { fireState, isToMake } from "../../../domain/pipelines/backfill/choose-fires";
import { readSchedule } from "../../../domain/pipelines/schedule/read-schedule";
import type { CronTimes } from "../../../domain/shared/cron";
import { keyedId } from "../keyed-id";
import { firesOfRange } from "./fires-of-range";
import type { TriggerSockets } from "./tick-schedules";
import type { Runnable, StoredBackfill } from "./trigger-store";

/** Back-fills whose fire times are remembered. */
const MOST_KEPT = 20;

/**
 * Makes the next runs of every back-fill that goes on, so that at most `parallel` of it are under way. A run's id is that
 * of its back-fill and fire time, and the place is moved on afterwards: a crash anywhere neither doubles nor loses one.
 */
export function backfillTick(sockets: TriggerSockets): () => Promise<void> {
  const kept = new Map<string, { fires: Date[]; runnable: Runnable }>();
  const partsOf = async (backfill: StoredBackfill) => {
    const known = kept.get(backfill.id);
    if (known !== undefined) return known;
    const { workspaceId, pipelineId, pipelineVersion } = backfill;
    const runnable = await sockets.triggers.runnable(workspaceId, pipelineId, pipelineVersion);
    if (runnable === null) throw new Error(`the version of back-fill ${backfill.id} is gone`);
    const parts = { fires: await firesOfRange(backfillTimes(backfill, runnable), backfill), runnable };
    kept.set(backfill.id, parts);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return parts;
  };
  return async () => {
    for (const backfill of await sockets.triggers.openBackfills()) {
      try {
        const runs = (await sockets.triggers.backfillRuns([backfill.id])).get(backfill.id) ?? {};
        const open = (runs.queued ?? 0) + (runs.running ?? 0) + (runs.retrying ?? 0);
        const { fires, runnable } = await partsOf(backfill);
        if (backfill.made < fires.length) await makeRuns(sockets, backfill, { fires, runnable, open });
        else if (open === 0)
          await sockets.triggers.moveBackfill(backfill.id, ["running"], "ended", sockets.clock.now());
      } catch (error) {
        sockets.report(error);
      }
    }
  };
}

/** The times that a back-fill goes by: its own, or the schedule of its version. */
export function backfillTimes(
  { cron, timeZone }: Pick<StoredBackfill, "cron" | "timeZone">,
  { schedule }: Pick<Runnable, "schedule">,
): CronTimes {
  if (cron !== null || schedule === null) return { expression: cron ?? "", time_zone: timeZone };
  return readSchedule(schedule);
}

async function makeRuns(
  { triggers, createRun, clock }: TriggerSockets,
  backfill: StoredBackfill,
  { fires, runnable, open }: { fires: readonly Date[]; runnable: Runnable; open: number },
): Promise<void> {
  const { id, workspaceId, pipelineId, pipelineVersion, which } = backfill;
  let room = backfill.parallel - open;
  if (room <= 0) return;
  const statuses =
    which === "all"
      ? new Map<number, never[]>()
      : await triggers.fireStatuses(workspaceId, pipelineId, backfill.from, backfill.until);
  let { made } = backfill;
  for (const fire of fires.slice(made)) {
    if (room <= 0) break;
    if (isToMake(which, fireState(statuses.get(fire.getTime()) ?? []))) {
      await createRun({
        id: keyedId(id, fire.toISOString()),
        workspaceId,
        pipelineId,
        pipelineVersion,
        startedBy: backfill.createdBy,
        rerunOf: null,
        trigger: "backfill",
        backfillId: id,
        scheduledFor: fire,
        // What is due now goes before what makes up for the past.
        priority: runnable.priority - 1,
        createdAt: clock.now(),
        tasks: runnable.tasks,
      });
      room -= 1;
    }
    made += 1;
  }
  await triggers.setMade(id, made);
}
