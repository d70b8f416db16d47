import pg from "pg";
import type { KeyHolds } from "../../../domain/ports/key-holds";

const NAMESPACE = "key-hold";

type Session = { client: pg.Client; isReady: Promise<void> };

/**
 * Holds keys by locks of one session, which the server ends with the process. A session that was lost while this process
 * lives is opened again by the next `hold`, with all that is still held.
 */
export function postgresKeyHolds(databaseUrl: string): KeyHolds & { close(): Promise<void> } {
  /** False while the server has not answered yet. */
  const held = new Map<string, boolean>();
  let session: Session | null = null;

  function open(): Session {
    const client = new pg.Client({ connectionString: databaseUrl });
    const begin = async () => {
      await client.connect();
      for (const [key, isMine] of held) if (isMine) await lock(client, key);
    };
    const opened = { client, isReady: begin() };
    const lost = () => {
      if (session === opened) session = null;
      void client.end().catch(() => undefined);
    };
    client.on("error", lost);
    client.on("end", lost);
    opened.isReady.catch(lost);
    return opened;
  }

  async function take(key: string): Promise<boolean> {
    session ??= open();
    const { client, isReady } = session;
    await isReady;
    return await lock(client, key);
  }

  return {
    async hold(key) {
      if (held.has(key)) return null;
      held.set(key, false);
      const isMine = await take(key).catch((error: unknown) => {
        held.delete(key);
        throw error;
      });
      if (!isMine) {
        held.delete(key);
        return null;
      }
      held.set(key, true);
      return async () => {
        held.delete(key);
        // A session that is gone holds nothing.
        if (session !== null) await unlock(session.client, key).catch(() => undefined);
      };
    },

    async close() {
      await session?.client.end();
      session = null;
    },
  };
}

async function lock(client: pg.Client, key: string): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got",
    [`${NAMESPACE} ${key}`],
  );
  return rows[0]?.got === true;
}

const unlock = (client: pg.Client, key: string) =>
  client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [`${NAMESPACE} ${key}`]);
