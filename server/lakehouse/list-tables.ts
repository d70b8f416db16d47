import { z } from "zod";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import { requireRole, type WorkspaceScope } from "../workspaces/index";

export const TableColumnView = z.object({
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

export const ListTablesResult = z.array(TableView);

/** The current version of every table of the workspace's lake. */
export async function listTables(
  scope: WorkspaceScope<{ tableCatalog: TableCatalog }>,
): Promise<z.infer<typeof ListTablesResult>> {
  requireRole(scope, "viewer");
  return scope.tableCatalog.list(scope.workspace.id);
}
