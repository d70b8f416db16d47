import { setTimeout as pause } from "node:timers/promises";
import type { StormVictim, Strike } from "./storm-plan";

export type Target = {
  /** Its processes, once it is up; nothing while it is away or on its way. */
  standing(victim: StormVictim): number[];
  kill(victim: StormVictim): number[];
};

/** How long a victim is up before it may be hit again. */
const REST_MS = 4_000;
const LOOK_MS = 500;

/**
 * Kills by the plan until `signal` aborts, and returns how often each victim was hit. A victim that is not up again, or has
 * been for a moment only, is passed over for the next one of the strike. All times of the plan are taken times `pace`.
 */
export async function strike(
  plan: Iterator<Strike, never>,
  { standing, kill }: Target,
  { pace, signal }: { pace: number; signal: AbortSignal },
): Promise<Map<StormVictim, number>> {
  const hits = new Map<StormVictim, number>();
  const upSince = new Map<StormVictim, { pids: string; at: number }>();

  const look = (victim: StormVictim) => {
    const pids = standing(victim).join(" ");
    if (pids === "") upSince.delete(victim);
    else if (upSince.get(victim)?.pids !== pids) upSince.set(victim, { pids, at: performance.now() });
  };
  const isRested = (victim: StormVictim) => {
    const up = upSince.get(victim);
    return up !== undefined && performance.now() - up.at >= REST_MS * pace;
  };

  while (!signal.aborted) {
    const { afterMs, order } = plan.next().value;
    const strikeAt = performance.now() + afterMs * pace;
    while (!signal.aborted && performance.now() < strikeAt) {
      for (const victim of order) look(victim);
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
    if (signal.aborted) break;
    const victim = order.filter(isRested).find((each) => kill(each).length > 0);
    if (victim !== undefined) hits.set(victim, (hits.get(victim) ?? 0) + 1);
  }
  return hits;
}
