import { z } from "zod";
import { shortQueryName } from "../../../domain/query/saved-query-name";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { SavedQueryItem } from "./saved-views";

const EXCERPT = 400;

export const ListSavedResult = z.array(SavedQueryItem);

/** The saved queries of the workspace, by name. */
export async function listSaved(
  scope: Pick<QueryScope, "role" | "store" | "workspace">,
): Promise<z.infer<typeof ListSavedResult>> {
  requireRole(scope, "viewer");
  const saved = await scope.store.savedQueries(scope.workspace.id);
  return saved.map(({ name, version, dialect, sql, parameters, chart, createdBy, createdAt }) => ({
    name: shortQueryName(name),
    ref: name,
    version,
    dialect,
    excerpt: sql.slice(0, EXCERPT),
    parameters: parameters.length,
    hasChart: chart !== null,
    updatedBy: createdBy,
    updatedAt: createdAt,
  }));
}
