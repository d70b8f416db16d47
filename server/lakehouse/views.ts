import { z } from "zod";
import { MAINTENANCE_ACTIONS } from "../../domain/ports/lake-admin";

/** What the procedures of this room answer. */

const TableColumnView = z.object({
  id: z.int(),
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  doc: z.string().nullable(),
});

export const TableView = z.object({
  name: z.string(),
  tableId: z.string(),
  metadataLocation: z.string(),
  snapshotId: z.string().nullable(),
  rowCount: z.number(),
  bytes: z.number(),
  fileCount: z.number(),
  columns: z.array(TableColumnView),
  version: z.int(),
  committedAt: z.date(),
  writtenBy: z.string(),
});

export const RefView = z.object({
  name: z.string(),
  type: z.enum(["branch", "tag"]),
  snapshotId: z.string(),
});

export const TableDetailView = TableView.extend({
  properties: z.record(z.string(), z.string()),
  partitionSpec: z.array(z.object({ name: z.string(), transform: z.string(), column: z.string() })),
  sortOrder: z.array(z.object({ column: z.string(), direction: z.string() })),
  refs: z.array(RefView),
  schemas: z.array(
    z.object({
      schemaId: z.int(),
      at: z.date().nullable(),
      changes: z.array(z.object({ kind: z.string(), column: z.string(), detail: z.string().nullable() })),
      columns: z.array(TableColumnView),
    }),
  ),
  key: z.array(z.string()),
  /** What readers of the table saw and since when, oldest first. */
  history: z.array(z.object({ snapshotId: z.string(), at: z.date() })),
});

export const SnapshotView = z.object({
  snapshotId: z.string(),
  parentId: z.string().nullable(),
  version: z.int(),
  committedAt: z.date(),
  operation: z.enum(["append", "overwrite", "delete", "replace"]),
  writtenBy: z.string(),
  kind: z.string(),
  addedRows: z.number(),
  deletedRows: z.number(),
  totalRows: z.number(),
  addedFiles: z.number(),
  removedFiles: z.number(),
  bytes: z.number(),
  schemaId: z.int().nullable(),
  refs: z.array(z.string()),
});

const PartitionValues = z.record(z.string(), z.string().nullable());

export const DataFileView = z.object({
  path: z.string(),
  rows: z.number(),
  bytes: z.number(),
  partition: PartitionValues,
  bounds: z.array(
    z.object({ column: z.string(), lower: z.string().nullable(), upper: z.string().nullable() }),
  ),
});

export const PartitionView = z.object({
  partition: PartitionValues,
  rows: z.number(),
  bytes: z.number(),
  files: z.number(),
});

export const CellView = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const ColumnView = z.object({ name: z.string(), type: z.string() });

/** Rows of a table or of a result, as the query engine gives them. */
export const RowsView = z.object({
  snapshotId: z.string().nullable(),
  columns: z.array(ColumnView),
  rows: z.array(z.array(CellView)),
  nextOffset: z.int().nullable(),
});

export const MovedView = z.object({ name: z.string(), snapshotId: z.string() });

export const PlanView = z.object({
  planId: z.string(),
  action: z.enum(MAINTENANCE_ACTIONS),
  basedOnSnapshotId: z.string().nullable(),
  filesIn: z.number(),
  bytesIn: z.number(),
  filesOut: z.number(),
  bytesOut: z.number(),
  files: z.array(z.string()),
  snapshotIds: z.array(z.string()),
  scanSavingShare: z.number().nullable(),
  /** What it does, in words. */
  words: z.string(),
  /** Whether it was carried out; false for a plan. */
  executed: z.boolean(),
  /** The snapshot that was made; null where none was. */
  snapshotId: z.string().nullable(),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
