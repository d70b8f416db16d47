import type { Db, Tx } from "../store";

/** Runs `act` in a transaction, one at a time for each `name`. */
export function serialised<T>(db: Db, name: string, act: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    return act(tx);
  });
}
