import type { RunStatus } from "../../domain/shared/run-status";
import type { ConnectionDocument } from "../../domain/sources/connection-document";
import type { ConnectorOperation, ConnectorSpec } from "../../domain/sources/connector-view";
import type { SyncError, SyncPhase } from "../../domain/sources/sync-view";

/** One version of a connection. A draft may be unfinished, so its document is not checked. */
export type SavedConnection<D> = {
  version: number;
  document: D;
  createdAt: Date;
  createdBy: string;
};

export type Draft = SavedConnection<Record<string, unknown>>;

export type StoredConnection = {
  workspaceId: string;
  name: string;
  paused: boolean;
  /** Fire times up to here are dealt with. */
  dealtUntil: Date;
  /** When it was made, or made again under a name that was free once more. */
  createdAt: Date;
  current: SavedConnection<ConnectionDocument> | null;
  /** The newest version where that is a draft. */
  draft: Draft | null;
};

export type NewVersion = {
  workspaceId: string;
  name: string;
  draft: boolean;
  document: Record<string, unknown>;
  /** The newest version that the author saw, 0 for none; undefined: whatever there is. */
  baseVersion: number | undefined;
  createdBy: string;
  at: Date;
};

export type VersionEntry = { version: number; draft: boolean; createdAt: Date; createdBy: string };

/** Connections that were not removed, and their versions. */
export interface ConnectionStore {
  /**
   * Stores the next version unless the newest one of its kind is the same; returns the version's number. A current
   * version with another schedule than the one before counts fire times from now on.
   * Failures: `conflict` where `baseVersion` is not the newest.
   */
  save(version: NewVersion): Promise<number>;
  connection(workspaceId: string, name: string): Promise<StoredConnection | null>;
  /** By name. */
  connections(workspaceId: string): Promise<StoredConnection[]>;
  /** Newest first. */
  versions(workspaceId: string, name: string): Promise<VersionEntry[]>;
  /** A connection that goes on counts fire times from `at` on. False where there is none. */
  setPaused(workspaceId: string, name: string, paused: boolean, at: Date): Promise<boolean>;
  /** False where there is none. */
  remove(workspaceId: string, name: string, at: Date): Promise<boolean>;
  /** Current, not paused and with a cron schedule, of all workspaces. */
  scheduled(): Promise<StoredConnection[]>;
  setDealtUntil(workspaceId: string, name: string, until: Date): Promise<void>;
}

/** What was asked of a connector. `config` names secrets, and holds none. */
export type OperationRequest = {
  connector: string;
  version: string | null;
  config: Record<string, unknown>;
};

export type StoredOperation = {
  id: string;
  workspaceId: string;
  kind: ConnectorOperation["kind"];
  subject: string;
  request: OperationRequest;
  status: RunStatus;
  phase: SyncPhase;
  progress: string;
  result: unknown;
  error: SyncError | null;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
};

export type NewOperation = Pick<
  StoredOperation,
  "id" | "workspaceId" | "kind" | "subject" | "request" | "createdBy" | "createdAt"
>;

/** Long work with connectors. Every act may be repeated; a final state is never left. */
export interface OperationStore {
  createOperation(operation: NewOperation): Promise<void>;
  operation(id: string): Promise<StoredOperation | null>;
  startOperation(id: string, at: Date): Promise<void>;
  setOperationProgress(id: string, phase: SyncPhase, progress: string): Promise<void>;
  /** False where it was final. */
  endOperation(
    id: string,
    status: "succeeded" | "failed" | "cancelled",
    outcome: { result?: unknown; error?: SyncError },
    at: Date,
  ): Promise<boolean>;
  unfinishedOperations(): Promise<string[]>;
  spec(connector: string, version: string): Promise<ConnectorSpec | null>;
  putSpec(spec: ConnectorSpec): Promise<void>;
}

export type SourceStore = ConnectionStore & OperationStore;
