import type { ResultColumn } from "@/domain/query/result-column";

/** Where the rows of a browser's table are from. */
export type TableOrigin =
  | { kind: "result"; queryId: string; sql: string; ranAt: string }
  | { kind: "file"; fileName: string; format: FileFormat }
  | { kind: "lake"; table: string; snapshotId: string | null };

export const FILE_FORMATS = ["csv", "json", "parquet", "arrow"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** A table of the browser. Statements name it by its path: one part, or the three parts of the table that it is a copy of. */
export type BrowserTable = {
  id: string;
  path: readonly string[];
  columns: readonly ResultColumn[];
  rows: number;
  bytes: number;
  origin: TableOrigin;
  /** ISO 8601, in UTC. */
  createdAt: string;
};

/** A table as it is kept: an Arrow schema message, then record batches in groups that are loaded one after the other. */
export type StoredTable = BrowserTable & {
  schemaBytes: number;
  /** Offset and length of each group, in bytes. */
  groups: [number, number][];
};

export type StoreWriter = {
  write: (bytes: Uint8Array) => Promise<void>;
  finish: () => Promise<void>;
  abandon: () => Promise<void>;
};

/** Keeps the bytes of tables. Failures: `resource_exhausted` where there is no room, `not_found`. */
export type TableStore = {
  /** Whether tables outlive a reload of the page. */
  readonly isLasting: boolean;
  list: () => Promise<StoredTable[]>;
  begin: (id: string) => Promise<StoreWriter>;
  /** Makes a table that was written known, or changes what is known of it. */
  save: (table: StoredTable) => Promise<void>;
  read: (id: string, offset: number, length: number) => Promise<Uint8Array>;
  remove: (id: string) => Promise<void>;
};
