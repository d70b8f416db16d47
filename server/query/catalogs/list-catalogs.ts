import { z } from "zod";
import { requireRole } from "../../workspaces/index";
import { attachmentsOf } from "../attachments/attachments-of";
import { type CatalogScope, CatalogView, toCatalogView } from "./catalog-scope";

export const ListCatalogsResult = z.object({
  items: z.array(CatalogView),
  /** Whether there is an engine that can read them. */
  isOffered: z.boolean(),
  /** Connections and documents that statements cannot read, or not under a name, and why. */
  problems: z.array(z.object({ catalog: z.string(), source: z.string(), message: z.string() })),
});

/** The catalog documents of the workspace, by name. Nothing in them is secret. */
export async function listCatalogs(scope: CatalogScope): Promise<z.infer<typeof ListCatalogsResult>> {
  requireRole(scope, "engineer");
  const [stored, { problems }] = await Promise.all([
    scope.queryCatalogs.catalogs(scope.workspace.id),
    attachmentsOf(scope),
  ]);
  return { items: stored.map(toCatalogView), isOffered: scope.foreignCatalogs !== null, problems };
}
