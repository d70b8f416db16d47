import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../domain/shared/failure";
import { isDatabaseAway } from "../db/is-database-away";

const isEngineAway = (error: unknown): boolean =>
  error instanceof Failure && error.code === "engine_unavailable" && error.retryable;

/**
 * `target`, each of whose methods is repeated while the database or the lake is away, for at most `limitMs`. Its
 * methods must bear being repeated: an answer that was lost may belong to a change that was made.
 */
export function patient<T extends object>(
  target: T,
  { limitMs, firstWaitMs = 100 }: { limitMs: number; firstWaitMs?: number },
): T {
  return new Proxy(target, {
    get(held, name, receiver) {
      const member: unknown = Reflect.get(held, name, receiver);
      if (typeof member !== "function") return member;
      return async (...input: unknown[]) => {
        const giveUpAt = performance.now() + limitMs;
        for (let waitMs = firstWaitMs; ; waitMs = Math.min(2_000, waitMs * 2)) {
          try {
            return (await member.apply(held, input)) as unknown;
          } catch (error) {
            if (!(isDatabaseAway(error) || isEngineAway(error)) || performance.now() > giveUpAt) throw error;
          }
          await sleep(waitMs);
        }
      };
    },
  });
}
