import { z } from "zod";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import { requireRole, type WorkspaceScope } from "../workspaces/index";
import { TableView } from "./views";

export const ListTablesResult = z.array(TableView);

/** The current state of every table of the workspace's lake. */
export async function listTables(
  scope: WorkspaceScope<{ tableCatalog: TableCatalog }>,
): Promise<z.infer<typeof ListTablesResult>> {
  requireRole(scope, "viewer");
  return scope.tableCatalog.list(scope.workspace.id);
}
