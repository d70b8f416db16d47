import type { z } from "zod";
import { requireRole } from "../workspaces/index";
import type { ReadScope, TableInput } from "./lakehouse-scope";
import type { TableDetailView } from "./views";

/** A table with its shape as it was and is, its branches and tags, and what readers saw since when. */
export async function getTable(
  scope: ReadScope,
  { name }: z.infer<typeof TableInput>,
): Promise<z.infer<typeof TableDetailView>> {
  requireRole(scope, "viewer");
  const { lakeAdmin, workspace } = scope;
  const [table, history] = await Promise.all([
    lakeAdmin.describe(workspace.id, name),
    lakeAdmin.history(workspace.id, name),
  ]);
  return { ...table, history };
}
