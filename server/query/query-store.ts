import type { Dialect, EngineName } from "../../domain/query/dialect";
import type { QueryParameter } from "../../domain/query/query-parameter";
import type { QueryRun, QueryStatus } from "../../domain/query/query-run";

/** A run as it is stored. `elapsedMs` is 0 until it has ended. */
export type StoredRun = QueryRun & { workspaceId: string; createdById: string };

export type RunChange = Partial<Omit<StoredRun, "id" | "workspaceId" | "createdById" | "elapsedMs">>;

export type RunsWanted = {
  createdById?: string | undefined;
  /** In the text of the statement, whatever the case. */
  search?: string | undefined;
  status?: QueryStatus | undefined;
  engine?: EngineName | undefined;
  limit: number;
  /** Only runs older than this one. */
  before?: { createdAt: Date; id: string } | undefined;
};

export type KeptResult = { id: string; workspaceId: string; bytes: number; endedAt: Date };

export interface RunStore {
  insertRun(run: StoredRun): Promise<void>;
  changeRun(id: string, change: RunChange): Promise<void>;
  run(workspaceId: string, id: string): Promise<StoredRun | null>;
  /** Newest first. */
  runs(workspaceId: string, wanted: RunsWanted): Promise<StoredRun[]>;
  /** Of all workspaces: queued or running. */
  unfinishedRuns(): Promise<StoredRun[]>;
  /** Results whose rows are kept, of all workspaces, the oldest first. */
  keptResults(): Promise<KeptResult[]>;
}

export type SavedContent = {
  sql: string;
  dialect: Dialect;
  parameters: QueryParameter[];
  chart: Record<string, unknown> | null;
};

export type SavedVersion = SavedContent & {
  name: string;
  version: number;
  createdBy: string;
  createdAt: Date;
};

/** Names are whole names. */
export interface SavedQueryStore {
  /** The current version of each query, by name. */
  savedQueries(workspaceId: string): Promise<SavedVersion[]>;
  /** The version that is current; null where there is no such query, or none any longer. */
  currentVersion(workspaceId: string, name: string): Promise<number | null>;
  /** A version of a query, also of one that was removed. */
  savedVersion(workspaceId: string, name: string, version: number): Promise<SavedVersion | null>;
  /** Newest first, also of a query that was removed. */
  savedVersions(workspaceId: string, name: string): Promise<SavedVersion[]>;
  /**
   * Keeps the next version and makes it current; content equal to the current one's makes none. `expectedVersion` is the
   * current version as the author saw it, 0 for none. Fails with `conflict` where it is another.
   */
  saveVersion(entry: {
    workspaceId: string;
    name: string;
    content: SavedContent;
    expectedVersion: number | undefined;
    by: string;
    at: Date;
  }): Promise<{ version: number; isNew: boolean }>;
  /** Takes the query away and keeps its versions; false where there is none. */
  removeSaved(workspaceId: string, name: string): Promise<boolean>;
}

export type QueryStore = RunStore & SavedQueryStore;
