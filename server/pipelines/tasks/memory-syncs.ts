import type { SyncProgress, SyncStarter } from "./sync-starter";

/** Syncs of a test, by id. */
export type HeldSyncs = Map<string, { connection: string; isCancelled: boolean }>;

/** Syncs that end at once with five rows, unless `behaviour` says otherwise. */
export const memorySyncs = (
  syncs: HeldSyncs,
  behaviour: (connection: string) => Partial<SyncProgress>,
): SyncStarter => ({
  start: async (_workspaceId, connection, key) => {
    const id = `${connection} ${key}`;
    if (!syncs.has(id)) syncs.set(id, { connection, isCancelled: false });
    return { id, connection, isShared: false };
  },
  progress: async (id) => {
    const { connection, isCancelled } = syncs.get(id) ?? { connection: "", isCancelled: true };
    const tables = [{ name: `lake.${connection}.rows`, rowCount: 5 }];
    const ended = { isEnded: true, hasSucceeded: !isCancelled, rows: 5, error: null, hint: null, tables };
    return isCancelled ? ended : { ...ended, ...behaviour(connection) };
  },
  cancel: async (id) => {
    const sync = syncs.get(id);
    if (sync !== undefined) sync.isCancelled = true;
  },
});
