export type StartedSync = {
  id: string;
  connection: string;
  /** Whether somebody else had started it: then it is not this task's to cancel. */
  isShared: boolean;
};

export type SyncProgress = {
  isEnded: boolean;
  hasSucceeded: boolean;
  rows: number;
  /** Of its first stream that failed. */
  error: string | null;
  hint: string | null;
  tables: { name: string; rowCount: number }[];
};

/** Starts syncs of connections for tasks. */
export interface SyncStarter {
  /**
   * Equal keys start one sync. Where the connection is being synced already, that sync is the one.
   * Failures: `not_found` (no such connection), `conflict` (a draft).
   */
  start(workspaceId: string, connection: string, key: string, startedBy: string): Promise<StartedSync>;
  progress(syncId: string): Promise<SyncProgress>;
  /** Ends it and its connectors; a sync that has ended stays as it is. */
  cancel(syncId: string, by: string): Promise<void>;
}
