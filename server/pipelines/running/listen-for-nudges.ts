import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { NUDGES } from "./nudge";

const RETRY_MS = 5_000;

/** Calls `nudge` when the database tells of a run, until `signal` aborts. While it is away, nothing is told. */
export async function listenForNudges(
  databaseUrl: string,
  nudge: () => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: databaseUrl });
    const gone = new Promise<void>((resolve) => {
      client.on("error", () => resolve());
      client.on("end", () => resolve());
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    try {
      client.on("notification", nudge);
      await client.connect();
      await client.query(`LISTEN ${NUDGES}`);
      nudge();
      await gone;
    } catch {
      // Runs are still found by looking.
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}
