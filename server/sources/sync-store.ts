import type { RunStatus } from "../../domain/shared/run-status";
import type { ConnectionDocument } from "../../domain/sources/connection-document";
import type {
  SchemaChange,
  SyncError,
  SyncLogLine,
  SyncPhase,
  SyncTrigger,
} from "../../domain/sources/sync-view";

export type StoredStream = {
  name: string;
  table: string;
  status: RunStatus;
  /** Raised each time the stream is asked for again within its sync. */
  round: number;
  refresh: boolean;
  /** Of the newest attempt, over all rounds; 0 before the first. */
  attempt: number;
  maxAttempts: number;
  attemptStartedAt: Date | null;
  nextAttemptAt: Date | null;
  phase: SyncPhase;
  /** What attempts before the newest committed. */
  rowsBefore: number;
  bytesBefore: number;
  /** Read by the newest attempt. */
  rows: number;
  bytes: number;
  estimatedRows: number | null;
  cursor: string | null;
  error: SyncError | null;
  schemaChanges: SchemaChange[];
  startedAt: Date | null;
  endedAt: Date | null;
  /** Sums over the commits. */
  rowsCommitted: number;
  bytesCommitted: number;
  commits: number;
  snapshotId: string | null;
};

export type StoredSync = {
  id: string;
  workspaceId: string;
  connection: string;
  connectionVersion: number;
  number: number;
  status: RunStatus;
  trigger: SyncTrigger;
  startedBy: string;
  scheduledFor: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  document: ConnectionDocument;
  /** In the document's order. */
  streams: StoredStream[];
};

/** One stream of one sync, since it was last asked for: writes of an earlier round change nothing. */
export type StreamKey = { syncId: string; stream: string; round: number };

export type StreamProgress = {
  phase: SyncPhase;
  rows: number;
  bytes: number;
  estimatedRows: number | null;
  cursor: string | null;
};

export type StreamCommit = { snapshotId: string; rows: number; bytes: number; cursor: string | null };

export type NewSyncLine = Pick<SyncLogLine, "seq" | "attempt" | "at" | "level" | "text">;

/**
 * What a sync has done so far. Every act may be repeated: the second time changes nothing. A final state is not left
 * by anything that arrives late.
 */
export interface SyncLedger {
  sync(syncId: string): Promise<StoredSync | null>;
  /** Null where the key is of an earlier round, or of nothing. */
  streamStatus(key: StreamKey): Promise<RunStatus | null>;
  startSync(syncId: string, at: Date): Promise<void>;
  /** Ends the sync where all of its streams have ended; whether it is final now. */
  endSync(syncId: string, at: Date): Promise<boolean>;
  /** Makes the stream run. What was committed before becomes `rowsBefore`. False where it has ended. */
  startAttempt(key: StreamKey, attempt: number, at: Date): Promise<boolean>;
  setProgress(key: StreamKey, progress: StreamProgress): Promise<void>;
  addSchemaChange(key: StreamKey, change: SchemaChange): Promise<void>;
  /** A commit whose snapshot is there already changes nothing. */
  addCommit(key: StreamKey, attempt: number, commit: StreamCommit, at: Date): Promise<void>;
  retryStream(key: StreamKey, error: SyncError, nextAttemptAt: Date): Promise<void>;
  endStream(
    key: StreamKey,
    status: "succeeded" | "failed" | "cancelled",
    error: SyncError | null,
    at: Date,
  ): Promise<void>;
  /** Lines whose `seq` is there already are dropped. */
  appendLog(key: StreamKey, lines: readonly NewSyncLine[]): Promise<void>;
  nextLogSeq(key: StreamKey): Promise<number>;
}

export type NewSync = {
  id: string;
  workspaceId: string;
  connection: string;
  connectionVersion: number;
  trigger: SyncTrigger;
  startedBy: string;
  scheduledFor: Date | null;
  createdAt: Date;
  streams: { name: string; table: string; refresh: boolean; isIncremental: boolean; maxAttempts: number }[];
};

/** When the newest data of a stream is from. */
export type Freshness = {
  connection: string;
  stream: string;
  /** Start and end of the last success. */
  dataAsOf: Date;
  succeededAt: Date;
};

export type ActiveSync = { id: string; number: number; connection: string; streams: string[] };

/** Syncs, as the verbs see them. Those of a connection are those since it was made under its name. */
export interface SyncStore extends SyncLedger {
  /**
   * Makes the sync with the connection's next number; an id that exists is left as it is. A stream that goes on has the
   * cursor of its last commit to its table.
   * Failures: `conflict` where one of its streams is in a sync that has not ended.
   */
  createSync(sync: NewSync): Promise<void>;
  /** Newest first; `before` is the id of the last sync of the page before. */
  syncs(
    workspaceId: string,
    filter: { connection?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<StoredSync[]>;
  /** The newest sync of each connection. */
  newestSyncs(workspaceId: string): Promise<StoredSync[]>;
  /** Makes the sync and its streams final. False where it was. */
  cancelSync(syncId: string, cancelledBy: string, at: Date): Promise<boolean>;
  /** False where it was final. */
  cancelStream(syncId: string, stream: string, at: Date): Promise<boolean>;
  /**
   * Puts a stream of an unfinished sync that has ended, or waits for its next attempt, back into the queue, as its next
   * round. False where it cannot.
   */
  requeueStream(syncId: string, stream: string, refresh: boolean, attempts: number): Promise<boolean>;
  /** In order of seq, behind `afterSeq`; those of one stream or of all, then ordered by time. */
  logLines(page: {
    syncId: string;
    stream?: string | undefined;
    afterSeq?: number | undefined;
    limit: number;
  }): Promise<SyncLogLine[]>;
  /** Ids of syncs that are not final. */
  unfinishedSyncs(): Promise<string[]>;
  /** Those that have not ended, with their streams that have not. */
  activeSyncs(workspaceId: string, connection?: string): Promise<ActiveSync[]>;
  freshness(workspaceId: string, connection?: string): Promise<Freshness[]>;
}
