/** One committed version of one table of the lake. */
export type LakeVersion = {
  workspaceId: string;
  /** Three parts. */
  name: string;
  version: number;
  uris: string[];
  rowCount: number;
  bytes: number;
  columns: { name: string; type: string }[];
  writtenBy: string;
  idempotencyKey: string;
  committedAt: Date;
};

/** Where the versions are kept. The highest version of a table is its current one. */
export interface LakeVersionStore {
  /** The current version of every table of the workspace, by name. */
  current(workspaceId: string): Promise<LakeVersion[]>;
  find(workspaceId: string, name: string): Promise<LakeVersion | null>;
  /** Appends the next version. A key that is there already changes nothing and returns its version. */
  append(version: Omit<LakeVersion, "version" | "committedAt">): Promise<LakeVersion>;
}
