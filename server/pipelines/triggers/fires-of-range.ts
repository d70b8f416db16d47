import { setImmediate as turn } from "node:timers/promises";
import { type FireRange, fireSlices } from "../../../domain/pipelines/backfill/choose-fires";
import type { CronTimes } from "../../../domain/shared/cron";

/**
 * The fire times of a range, in the order in which a back-fill makes their runs. It follows from its arguments alone; other
 * requests are served while it is worked out. Failures: as `fireSlices`.
 */
export async function firesOfRange(
  times: CronTimes,
  { newestFirst, ...range }: FireRange & { newestFirst: boolean },
): Promise<Date[]> {
  const fires: Date[] = [];
  for (const slice of fireSlices(times, range)) {
    fires.push(...slice);
    await turn();
  }
  return newestFirst ? fires.reverse() : fires;
}
