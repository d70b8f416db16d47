import { z } from "zod";
import { requireRole, type WorkspaceScope } from "../workspaces/index";
import { type Db, newestCodePackages } from "./store";

export const ListCodePackagesResult = z.array(
  z.object({
    name: z.string(),
    /** SHA-256 of the files. */
    version: z.string(),
    files: z.array(z.string()),
    bytes: z.int(),
    createdBy: z.string(),
    createdAt: z.date(),
  }),
);

/** The newest version of each code package, by name. */
export async function listCodePackages(
  scope: WorkspaceScope<{ db: Db }>,
): Promise<z.infer<typeof ListCodePackagesResult>> {
  requireRole(scope, "viewer");
  const packages = await newestCodePackages(scope.db, scope.workspace.id);
  return packages.map(({ contentHash, ...each }) => ({ ...each, version: contentHash }));
}
