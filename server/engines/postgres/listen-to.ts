import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const RETRY_MS = 5_000;

/**
 * Calls `heard` whenever the database notifies `channel`, and once it listens, until `signal` aborts. While the database is
 * away, nothing is heard.
 */
export async function listenTo(
  databaseUrl: string,
  channel: string,
  heard: () => void,
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
      client.on("notification", heard);
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      heard();
      await gone;
    } catch {
      // Who listens looks for itself from time to time.
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}
