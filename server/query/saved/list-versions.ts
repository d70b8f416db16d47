import { z } from "zod";
import { wholeQueryName } from "../../../domain/query/saved-query-name";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { noSuchQuery } from "./get-saved";
import { SavedQueryInput, SavedQueryView } from "./saved-views";

export const ListVersionsInput = SavedQueryInput;
export const ListVersionsResult = z.array(
  SavedQueryView.pick({ version: true, dialect: true, createdBy: true, createdAt: true }),
);

/** Newest first. Failures: `not_found`. */
export async function listVersions(
  scope: Pick<QueryScope, "role" | "store" | "workspace">,
  { name }: z.infer<typeof ListVersionsInput>,
): Promise<z.infer<typeof ListVersionsResult>> {
  requireRole(scope, "viewer");
  const whole = wholeQueryName(name);
  const versions = await scope.store.savedVersions(scope.workspace.id, whole);
  if (versions.length === 0) throw noSuchQuery(whole);
  return versions.map(({ version, dialect, createdBy, createdAt }) => ({
    version,
    dialect,
    createdBy,
    createdAt,
  }));
}
