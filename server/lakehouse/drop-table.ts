import { z } from "zod";
import { recordAudit, requireRole } from "../workspaces/index";
import type { ChangeScope, TableInput } from "./lakehouse-scope";

export const DropTableResult = z.object({ name: z.string() });

/** Takes a table out of the catalog. Its files stay where they are. */
export async function dropTable(
  scope: ChangeScope,
  { name }: z.infer<typeof TableInput>,
): Promise<z.infer<typeof DropTableResult>> {
  requireRole(scope, "engineer");
  await scope.lakeAdmin.drop(scope.workspace.id, name);
  await recordAudit(scope, "table.dropped", name);
  return { name };
}
