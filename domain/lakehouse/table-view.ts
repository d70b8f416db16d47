import type { DiffKind } from "./compile-diff";

/**
 * A value as text, exact: decimals and whole numbers with every digit, times in ISO 8601, nested values as JSON.
 * Null is NULL; an empty text is an empty text.
 */
export type Cell = string | null;

export type ShownColumn = {
  id: number;
  name: string;
  /** As Trino spells it. */
  type: string;
};

/** Some rows of one state of a table. */
export type TablePreview = {
  /** Null for a table that nothing was written to. */
  snapshotId: string | null;
  columns: ShownColumn[];
  /** One cell for each column, in their order. */
  rows: Cell[][];
  /** Of the whole state. */
  totalRows: number;
};

export type DiffColumn = ShownColumn & {
  /** What it was called before, where it was renamed. */
  nameBefore: string | null;
  /** How many changed rows differ in it. */
  changedRows: number;
};

export type DiffRow = {
  kind: DiffKind;
  /** Places (from 0) in `columns` of the cells that differ; empty unless `kind` is `changed`. */
  changed: number[];
  /** Null where the row is only after. */
  before: Cell[] | null;
  /** Null where the row was only before. */
  after: Cell[] | null;
};

/** A page of the rows that differ between two snapshots of a table. */
export type TableDiff = {
  fromSnapshotId: string;
  toSnapshotId: string;
  /** Columns that rows were told apart by; empty where whole rows were compared. */
  key: string[];
  columns: DiffColumn[];
  counts: Record<DiffKind, number>;
  items: DiffRow[];
  nextCursor: string | null;
  /** How long the comparison took; null where an earlier one was used. */
  durationMs: number | null;
};

/** What an audit of a branch found: the rows that a SELECT of what must not be returned. */
export type TableCheck = {
  ref: string;
  snapshotId: string;
  failingRows: number;
  passed: boolean;
  columns: ShownColumn[];
  /** The first of the failing rows. */
  rows: Cell[][];
};
