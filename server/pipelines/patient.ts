import { setTimeout as sleep } from "node:timers/promises";

/** Codes of Prisma, PostgreSQL and Node that say: the database was not there. */
const AWAY_CODES = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08003",
  "08006",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
]);
const AWAY_WORDS =
  /connection terminated|server closed the connection|terminating connection|database system is (starting up|shutting down|in recovery|not yet accepting connections|not accepting connections)|code: `(57P0[123]|08\w{3})`|can't reach database|timeout exceeded when trying to connect|connection ended/i;

/** Whether the database, not the request, was at fault: the same call may succeed once it is back. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && AWAY_CODES.has(code)) return true;
  return AWAY_WORDS.test(error.message) || isDatabaseAway(error.cause, depth + 1);
}

/**
 * `target`, each of whose methods is repeated while the database is away, for at most `limitMs`. Its methods must bear
 * being repeated: an answer that was lost may belong to a change that was made.
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
            if (!isDatabaseAway(error) || performance.now() > giveUpAt) throw error;
          }
          await sleep(waitMs);
        }
      };
    },
  });
}
