import { z } from "zod";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import { requireRole, type WorkspaceScope } from "../workspaces/index";

export const ListTablesResult = z.array(
  z.object({
    name: z.string(),
    uris: z.array(z.string()),
    rowCount: z.number(),
    bytes: z.number(),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    version: z.int(),
    committedAt: z.date(),
    writtenBy: z.string(),
  }),
);

/** The current version of every table of the workspace's lake. */
export async function listTables(
  scope: WorkspaceScope<{ tableCatalog: TableCatalog }>,
): Promise<z.infer<typeof ListTablesResult>> {
  requireRole(scope, "viewer");
  return scope.tableCatalog.list(scope.workspace.id);
}
