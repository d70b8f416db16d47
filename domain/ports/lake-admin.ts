import type { CatalogTable, TableColumn } from "./table-catalog";

/** A branch or a tag: a name for a snapshot. A branch moves with its commits, a tag stays. */
export type LakeRef = { name: string; type: "branch" | "tag"; snapshotId: string };

export type SchemaChange = { kind: string; column: string; detail: string | null };

/** One of the shapes that a table has had; `changes` says how it differs from the one before. */
export type SchemaVersion = {
  schemaId: number;
  at: Date | null;
  changes: SchemaChange[];
  columns: TableColumn[];
};

export type TableDetail = CatalogTable & {
  properties: Record<string, string>;
  partitionSpec: { name: string; transform: string; column: string }[];
  sortOrder: { column: string; direction: string }[];
  refs: LakeRef[];
  /** Oldest first. */
  schemas: SchemaVersion[];
  /** Names of the columns that identify a row; empty where none are declared. */
  key: string[];
};

export type LakeSnapshot = {
  snapshotId: string;
  parentId: string | null;
  version: number;
  committedAt: Date;
  operation: "append" | "overwrite" | "delete" | "replace";
  writtenBy: string;
  /** sync, run, sample, compaction, rollback, … */
  kind: string;
  addedRows: number;
  deletedRows: number;
  totalRows: number;
  addedFiles: number;
  removedFiles: number;
  /** Of all files of this snapshot. */
  bytes: number;
  schemaId: number | null;
  /** Names of the branches and tags that point at it. */
  refs: string[];
  /** Of a rollback: the snapshot whose rows it holds again. */
  rollbackTo: string | null;
};

export type DataFile = {
  path: string;
  rows: number;
  bytes: number;
  partition: Record<string, string | null>;
  /** Lowest and highest value of a column, as text; null where the file does not say. */
  bounds: { column: string; lower: string | null; upper: string | null }[];
};

export type Partition = {
  partition: Record<string, string | null>;
  rows: number;
  bytes: number;
  files: number;
};

export type Page<T> = { items: T[]; nextCursor: string | null };
export type PageInput = { limit: number; cursor?: string | undefined };
/** Which state of a table: a snapshot, or where a branch or tag points; neither means the current state of main. */
export type At = { snapshotId?: string | undefined; ref?: string | undefined };

/** Since when readers of main have seen which snapshot. */
export type HistoryEntry = { snapshotId: string; at: Date };

/** What a table was and is. Failures: `not_found` (table, snapshot, ref), `engine_unavailable`. */
export interface LakeHistory {
  describe(workspaceId: string, name: string): Promise<TableDetail>;
  /** Newest first: every snapshot that is kept, or with `ref` those that led to it. */
  snapshots(
    workspaceId: string,
    name: string,
    page: PageInput & { ref?: string },
  ): Promise<Page<LakeSnapshot>>;
  /** What main pointed at and since when, oldest first; rollbacks and publications are entries of their own. */
  history(workspaceId: string, name: string): Promise<HistoryEntry[]>;
  /** `deleteFiles` counts files of rows deleted beside the data files. */
  files(
    workspaceId: string,
    name: string,
    page: PageInput & At,
  ): Promise<Page<DataFile> & { deleteFiles: number }>;
  partitions(workspaceId: string, name: string, at: At): Promise<Partition[]>;
}

export type RefMoved = { name: string; snapshotId: string };

/**
 * Where readers look. Failures: `not_found`, `conflict` (the name is taken; main has moved on, so that the branch cannot be
 * published as it is; main cannot be dropped), `invalid_input` (a name that is not letters, digits, `_`, `-` and `.`).
 */
export interface LakeRefs {
  /** Lets main hold what an earlier snapshot held, as a snapshot of its own. Nothing is lost: the later ones are kept. */
  rollback(
    workspaceId: string,
    name: string,
    to: { snapshotId: string; writtenBy: string },
  ): Promise<RefMoved>;
  createRef(
    workspaceId: string,
    name: string,
    ref: { type: "branch" | "tag"; name: string; snapshotId?: string; writtenBy: string },
  ): Promise<LakeRef>;
  dropRef(workspaceId: string, name: string, ref: { type: "branch" | "tag"; name: string }): Promise<void>;
  /** Moves main to where the branch is. With `expectedSnapshotId` the branch must still be there. */
  publish(
    workspaceId: string,
    name: string,
    branch: { name: string; writtenBy: string; expectedSnapshotId?: string },
  ): Promise<RefMoved>;
}

export const MAINTENANCE_ACTIONS = ["compact", "expire", "remove_orphans"] as const;
export type MaintenanceAction = (typeof MAINTENANCE_ACTIONS)[number];

/** What an upkeep would do, or did. Files are counted, and named where they would be removed. */
export type MaintenancePlan = {
  planId: string;
  action: MaintenanceAction;
  basedOnSnapshotId: string | null;
  filesIn: number;
  bytesIn: number;
  filesOut: number;
  bytesOut: number;
  /** Exact paths that go; empty for a compaction, whose old files stay for as long as their snapshots do. */
  files: string[];
  /** Snapshots that go. */
  snapshotIds: string[];
  /** Share (0–1) of what a whole scan opens that is saved; null where that is not known. */
  scanSavingShare: number | null;
};

export type MaintenanceResult = MaintenancePlan & {
  executed: true;
  /** The snapshot that a compaction made; null where there was nothing to do. */
  snapshotId: string | null;
};

export type MaintenanceOptions = Record<string, string | number | boolean>;

/** Upkeep. A writer that commits meanwhile wins. Failures: `conflict` (the plan no longer holds), `not_found`. */
export interface LakeUpkeep {
  plan(
    workspaceId: string,
    name: string,
    wanted: { action: MaintenanceAction; options?: MaintenanceOptions },
  ): Promise<MaintenancePlan>;
  execute(
    workspaceId: string,
    name: string,
    wanted: { action: MaintenanceAction; options?: MaintenanceOptions; planId?: string; writtenBy: string },
  ): Promise<MaintenanceResult>;
  /** Takes the table out of the catalog. Its files stay. */
  drop(workspaceId: string, name: string): Promise<void>;
}

/** Everything that a lake can do beside reading and committing. */
export type LakeAdmin = LakeHistory & LakeRefs & LakeUpkeep;
